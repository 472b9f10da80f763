/** Whether a path (relative to the project directory, with forward slashes) is ignored. */
export type IgnoreRule = (path: string) => boolean

interface Pattern {
  readonly negated: boolean
  readonly regex: RegExp
}

/**
 * Reads a `.dbtignore`, which is written like a `.gitignore`: the last pattern that matches a file
 * decides, `!` takes back, a folder's name stands for all that is in it.
 */
export const parseIgnore = (text: string): IgnoreRule => {
  const patterns = text
    .split('\n')
    .map(parsePattern)
    .filter(pattern => pattern !== undefined)
  return path => patterns.findLast(({ regex }) => regex.test(path))?.negated === false
}

const parsePattern = (line: string): Pattern | undefined => {
  const trimmed = line.replace(/\r$/, '').replace(/(?<!\\)\s+$/, '')
  if (trimmed === '' || trimmed.startsWith('#')) return undefined
  const negated = trimmed.startsWith('!')
  const pattern = (negated ? trimmed.slice(1) : trimmed).replace(/^\\([!#])/, '$1')
  const body = pattern.replace(/\/$/, '')
  if (body === '') return undefined
  const directoryOnly = pattern.endsWith('/')
  const anchored = body.includes('/')
  const core = globSource(body.replace(/^\//, ''))
  const head = anchored ? '^' : '^(?:.*/)?'
  return { negated, regex: new RegExp(`${head}${core}${directoryOnly ? '/' : '(?:/|$)'}`) }
}

/** `*` and `?` stay within a folder, `**` crosses folders. */
const globSource = (glob: string): string => {
  let source = ''
  for (let i = 0; i < glob.length; i++) {
    const char = glob.charAt(i)
    if (glob.startsWith('**/', i) && (i === 0 || glob.charAt(i - 1) === '/')) {
      source += '(?:.*/)?'
      i += 2
    } else if (glob.startsWith('**', i) && i + 2 === glob.length && glob.charAt(i - 1) === '/') {
      source += '.*'
      i += 1
    } else if (char === '*') source += '[^/]*'
    else if (char === '?') source += '[^/]'
    else if (char === '[') {
      const close = glob.indexOf(']', i + 2)
      if (close < 0) source += '\\['
      else {
        source += glob
          .slice(i, close + 1)
          .replace(/^\[!/, '[^')
          .replaceAll('\\', '\\\\')
        i = close
      }
    } else if (char === '\\' && i + 1 < glob.length) source += escapeRegex(glob.charAt(++i))
    else source += escapeRegex(char)
  }
  return source
}

const escapeRegex = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')
