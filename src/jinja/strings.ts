import { normInt } from './python/values.ts'

/** Python's whitespace, for `\s` and strip(): not the byte order mark, but the separators 1c–1f. */
export const whitespace =
  '[ \\t\\n\\r\\f\\v\\x1c-\\x1f\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]'

const blank = new RegExp(whitespace)

const isBlank = (code: number): boolean =>
  code === 32 || code === 10 || ((code > 126 || code < 32) && blank.test(String.fromCharCode(code)))

/** Python's `text.rstrip()`. */
export const stripEnd = (text: string): string => {
  let end = text.length
  while (end > 0 && isBlank(text.charCodeAt(end - 1))) end--
  return text.slice(0, end)
}

const simpleEscapes: ReadonlyMap<string, string> = new Map([
  ['\n', ''],
  ['\\', '\\'],
  ["'", "'"],
  ['"', '"'],
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
])

const hex = (code: number, length: number): string => code.toString(16).padStart(length, '0')

// Jinja2 turns characters outside of ASCII into escapes first; a backslash before one spoils that.
const spoiled = (character: string): string => {
  const code = character.codePointAt(0)!
  if (code < 0x80) return character
  if (code < 0x100) return `x${hex(code, 2)}`
  return code < 0x10000 ? `u${hex(code, 4)}` : `U${hex(code, 8)}`
}

const escapes = /\\(?:([0-7]{1,3})|x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([\s\S]))/gu

/**
 * The value of a string literal's inside, as Python's `unicode-escape` reads it. Throws a RangeError
 * whose message is Python's.
 */
export const unescapeString = (text: string): string => {
  if (!text.includes('\\')) return text
  return text.replace(escapes, (all, octal, x, u, U, other: string | undefined) => {
    if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal, 8))
    const digits = x ?? u ?? U
    if (digits !== undefined) {
      const code = Number.parseInt(digits, 16)
      if (code > 0x10ffff) throw new RangeError('illegal Unicode character')
      return String.fromCodePoint(code)
    }
    if (other === undefined) return all
    const simple = simpleEscapes.get(other)
    if (simple !== undefined) return simple
    if (other === 'x') throw new RangeError('truncated \\xXX escape')
    if (other === 'u') throw new RangeError('truncated \\uXXXX escape')
    if (other === 'U') throw new RangeError('truncated \\UXXXXXXXX escape')
    if (other === 'N') throw new RangeError('malformed \\N character escape')
    return `\\${spoiled(other)}`
  })
}

/** The value of an integer literal. */
export const parseInteger = (text: string): number | bigint => {
  const digits = text.replaceAll('_', '').toLowerCase()
  return digits.length < 16 && !digits.startsWith('0') ? Number(digits) : normInt(BigInt(digits))
}
