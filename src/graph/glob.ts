/** Compiles patterns of shells as Python's `fnmatch` reads them, each once. */
export type Fnmatch = (text: string, pattern: string) => boolean

/** A matcher with a memory of its own. `*` crosses every character, `[!a]` negates, case counts. */
export const fnmatcher = (): Fnmatch => {
  const compiled = new Map<string, RegExp | null>()
  return (text, pattern) => {
    let regex = compiled.get(pattern)
    if (regex === undefined) {
      regex = hasWildcard(pattern) ? new RegExp(`^${globSource(pattern, '.')}$`, 's') : null
      compiled.set(pattern, regex)
    }
    return regex === null ? text === pattern : regex.test(text)
  }
}

export const hasWildcard = (text: string): boolean => /[*?[\]]/.test(text)

const globSource = (glob: string, any: string): string => {
  let source = ''
  for (let i = 0; i < glob.length; i++) {
    const char = glob.charAt(i)
    if (char === '*') source += `${any}*`
    else if (char === '?') source += any
    else if (char === '[') {
      const close = glob.indexOf(']', glob.charAt(i + 1) === '!' ? i + 3 : i + 2)
      if (close < 0) source += '\\['
      else {
        source += characterClass(glob.slice(i + 1, close))
        i = close
      }
    } else source += char.replace(/[.+^${}()|\\\]/-]/g, '\\$&')
  }
  return source
}

const characterClass = (body: string): string => {
  const negated = body.startsWith('!')
  const characters = (negated ? body.slice(1) : body).replace(/[\\\]^[]/g, '\\$&')
  return `[${negated ? '^' : ''}${characters}]`
}

/**
 * Whether a path (with forward slashes) matches a pattern of Python's `Path.glob`: `*` stays within
 * a folder, `**` stands for any number of folders and, at the end, matches folders only.
 */
export const pathMatcher = (pattern: string): ((path: string, isFolder: boolean) => boolean) => {
  const parts = pattern.split('/').filter(part => part !== '' && part !== '.')
  const foldersOnly = parts.at(-1) === '**'
  const source = parts
    .map((part, index) => {
      const last = index === parts.length - 1
      if (part === '**') return last ? '(?:[^/]+/)*' : '(?:[^/]+/)*?'
      return `${globSource(part, '[^/]')}/`
    })
    .join('')
  const regex = new RegExp(`^${source}$`, 's')
  return (path, isFolder) => (isFolder || !foldersOnly) && regex.test(path === '' ? '' : `${path}/`)
}
