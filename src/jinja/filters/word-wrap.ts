import { codePointLength } from '../python/code-points.ts'
import { PyError } from '../python/py-error.ts'

interface WrapOptions {
  readonly width: number
  readonly breakLongWords: boolean
  readonly breakOnHyphens: boolean
}

const letter = '[\\p{L}_]'
const beforeDashes = '(?<=[\\p{L}\\p{N}_!"\'&.,?])'
const word = '[\\p{L}\\p{N}_]'

// Chunks a line may break between: blanks, dashes between words, words, hyphenated parts of them.
const hyphenated = new RegExp(
  [
    '[ \\t\\n\\v\\f\\r]+',
    `${beforeDashes}-{2,}(?=${word})`,
    '[^ \\t\\n\\v\\f\\r]+?(?:' +
      `-(?:(?<=${letter}{2}-)|(?<=${letter}-${letter}-))(?=${letter}-?${letter})` +
      '|(?=[ \\t\\n\\v\\f\\r]|$)' +
      `|${beforeDashes}(?=-{2,}${word}))`,
  ].join('|'),
  'gu',
)
const plain = /[ \t\n\v\f\r]+|[^ \t\n\v\f\r]+/g

const isBlank = (text: string): boolean => /^\s*$/.test(text)

const size = (chunks: readonly string[]): number =>
  chunks.reduce((total, chunk) => total + codePointLength(chunk), 0)

// How much of a word that fits on no line goes onto this one.
const breakPoint = (chunk: readonly string[], room: number, onHyphens: boolean): number => {
  if (!onHyphens || chunk.length <= room) return room
  const hyphen = chunk.slice(0, room).lastIndexOf('-')
  return hyphen > 0 && chunk.slice(0, hyphen).some(char => char !== '-') ? hyphen + 1 : room
}

/** Moves what fits from the front of `chunks` into one line. */
const takeLine = (chunks: string[], options: WrapOptions): string[] => {
  const { width, breakLongWords, breakOnHyphens } = options
  const line: string[] = []
  while (chunks.length > 0 && size(line) + codePointLength(chunks[0]!) <= width) {
    line.push(chunks.shift()!)
  }
  if (chunks.length > 0 && codePointLength(chunks[0]!) > width) {
    const room = width - size(line)
    if (breakLongWords) {
      const points = Array.from(chunks[0]!)
      const end = breakPoint(points, room, breakOnHyphens)
      line.push(points.slice(0, end).join(''))
      chunks[0] = points.slice(end).join('')
    } else if (line.length === 0) line.push(chunks.shift()!)
  }
  if (line.length > 0 && isBlank(line.at(-1)!)) line.pop()
  return line
}

/** Python's `textwrap.wrap` of one line, blanks kept as they are. Throws ValueError. */
export const wrapLine = (text: string, options: WrapOptions): string[] => {
  if (options.width <= 0) {
    throw new PyError('ValueError', `invalid width ${options.width} (must be > 0)`)
  }
  const chunks = text.match(options.breakOnHyphens ? hyphenated : plain) ?? []
  const rest = [...chunks]
  const lines: string[] = []
  while (rest.length > 0) {
    if (lines.length > 0 && isBlank(rest[0]!)) rest.shift()
    if (rest.length === 0) break
    const line = takeLine(rest, options)
    if (line.length > 0) lines.push(line.join(''))
  }
  return lines
}
