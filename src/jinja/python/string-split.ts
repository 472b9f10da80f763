import { PyError } from './py-error.ts'

// What Python's str.split() and strip() take for blank; JavaScript's \s lacks the separators
// 1c to 1f and the next-line character, and has the byte order mark.
const blank =
  '[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]'
const leading = new RegExp(`^${blank}+`)
const blanks = new RegExp(`${blank}+`)

type Side = 'left' | 'right' | 'both'

/** `text.strip(chars)`, `lstrip`, `rstrip`; null strips blanks. */
export const strip = (text: string, chars: string | null, side: Side): string => {
  if (chars === null) {
    const rest = side === 'right' ? text : text.replace(leading, '')
    return side === 'left' ? rest : trimEnd(rest)
  }
  const set = new Set(chars)
  const points = Array.from(text)
  let start = 0
  let end = points.length
  if (side !== 'right') while (start < end && set.has(points[start]!)) start++
  if (side !== 'left') while (end > start && set.has(points[end - 1]!)) end--
  return points.slice(start, end).join('')
}

const oneBlank = new RegExp(blank)

// By hand: a regular expression anchored at the end is quadratic in runs of blanks.
const trimEnd = (text: string): string => {
  let end = text.length
  while (end > 0 && oneBlank.test(text.charAt(end - 1))) end--
  return text.slice(0, end)
}

const splitBlanks = (text: string, limit: number): string[] => {
  const parts: string[] = []
  let rest = strip(text, null, 'left')
  while (rest !== '') {
    const match = parts.length === limit ? null : blanks.exec(rest)
    if (!match) {
      parts.push(parts.length === limit && limit > 0 ? rest : trimEnd(rest))
      break
    }
    parts.push(rest.slice(0, match.index))
    rest = rest.slice(match.index + match[0].length)
  }
  return parts
}

const reverseText = (text: string): string => Array.from(text).reverse().join('')

const checked = (separator: string): string => {
  if (separator === '') throw new PyError('ValueError', 'empty separator')
  return separator
}

/** `text.split(separator, limit)`; null splits at blanks, a negative limit is none. */
export const split = (text: string, separator: string | null, limit: number): string[] => {
  if (separator === null) return splitBlanks(text, limit < 0 ? Number.POSITIVE_INFINITY : limit)
  const parts = text.split(checked(separator))
  if (limit < 0 || parts.length <= limit + 1) return parts
  return [...parts.slice(0, limit), parts.slice(limit).join(separator)]
}

/** `text.rsplit(separator, limit)`: counts from the right. */
export const splitRight = (text: string, separator: string | null, limit: number): string[] => {
  if (limit < 0) return split(text, separator, limit)
  if (separator === null) {
    return splitBlanks(reverseText(text), limit).map(reverseText).reverse()
  }
  checked(separator)
  const parts: string[] = []
  let end = text.length
  while (parts.length < limit) {
    const at = end < separator.length ? -1 : text.lastIndexOf(separator, end - separator.length)
    if (at < 0) break
    parts.unshift(text.slice(at + separator.length, end))
    end = at
  }
  return [text.slice(0, end), ...parts]
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they end lines in Python
const lineBreak = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/g

/** `text.splitlines(keepends)`. */
export const splitLines = (text: string, keepEnds: boolean): string[] => {
  const lines: string[] = []
  let start = 0
  for (const match of text.matchAll(lineBreak)) {
    const end = match.index + match[0].length
    lines.push(text.slice(start, keepEnds ? end : match.index))
    start = end
  }
  if (start < text.length) lines.push(text.slice(start))
  return lines
}

/** `text.partition(separator)`, or `rpartition` from the right. */
export const partition = (text: string, separator: string, fromRight: boolean): string[] => {
  checked(separator)
  const at = fromRight ? text.lastIndexOf(separator) : text.indexOf(separator)
  if (at < 0) return fromRight ? ['', '', text] : [text, '', '']
  return [text.slice(0, at), separator, text.slice(at + separator.length)]
}
