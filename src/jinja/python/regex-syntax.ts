import { PyError } from './py-error.ts'

/** The flags of Python's `re`, as its numbers. */
export const regexFlags = {
  IGNORECASE: 2,
  LOCALE: 4,
  MULTILINE: 8,
  DOTALL: 16,
  UNICODE: 32,
  VERBOSE: 64,
  ASCII: 256,
} as const

/** A `re.error` at a position of the pattern. */
export const regexError = (message: string, at: number): PyError =>
  new PyError('re.error', `${message} at position ${at}`)

/** Character classes in JavaScript's `v` syntax, for use inside of brackets too. */
interface ClassSet {
  readonly d: string
  readonly s: string
  readonly w: string
}

const unicodeSets: ClassSet = {
  d: '\\p{Nd}',
  s: '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000',
  w: '\\p{L}\\p{N}_',
}
const asciiSets: ClassSet = { d: '0-9', s: '\\t-\\r\\x20', w: '0-9A-Za-z_' }

/** The set behind `\d`, `\S` and their kin; undefined for other letters. */
export const classEscape = (letter: string, flags: number): string | undefined => {
  const sets = flags & regexFlags.ASCII ? asciiSets : unicodeSets
  switch (letter) {
    case 'd':
    case 's':
    case 'w':
      return `[${sets[letter]}]`
    case 'D':
      return `[^${sets.d}]`
    case 'S':
      return `[^${sets.s}]`
    case 'W':
      return `[^${sets.w}]`
    default:
      return undefined
  }
}

/** `\b` or, negated, `\B`. */
export const wordBoundary = (negated: boolean, flags: number): string => {
  const word = classEscape('w', flags)
  const same = `(?<=${word})(?=${word})|(?<!${word})(?!${word})`
  // There is no boundary in an empty text, nor the lack of one.
  const someText = '(?:(?<=[\\s\\S])|(?=[\\s\\S]))'
  return negated ? `${someText}(?:${same})` : `(?:(?<=${word})(?!${word})|(?<!${word})(?=${word}))`
}

/** A code point that means itself, in or out of brackets. */
export const literal = (code: number): string => {
  const char = String.fromCodePoint(code)
  return /^[A-Za-z0-9_]$/.test(char) ? char : `\\u{${code.toString(16)}}`
}

const controls: ReadonlyMap<string, number> = new Map([
  ['a', 7],
  ['b', 8],
  ['f', 12],
  ['n', 10],
  ['r', 13],
  ['t', 9],
  ['v', 11],
  ['\\', 92],
])

const hexDigits: ReadonlyMap<string, number> = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
])

interface EscapedCharacter {
  readonly code: number
  /** Units of the pattern behind the backslash. */
  readonly size: number
}

/**
 * The character that the escape at `at` (behind the backslash) stands for, in a pattern. Octal
 * escapes are those that begin with a zero or have three digits; other digits are for the caller.
 */
export const escapedCharacter = (pattern: string, at: number): EscapedCharacter | undefined => {
  const letter = pattern.charAt(at)
  const control = controls.get(letter)
  if (control !== undefined) return { code: control, size: 1 }
  const digits = hexDigits.get(letter)
  if (digits !== undefined) {
    const hex = pattern.slice(at + 1, at + 1 + digits)
    if (!new RegExp(`^[\\da-fA-F]{${digits}}$`).test(hex)) {
      const found = /^[\da-fA-F]*/.exec(hex)![0]
      throw regexError(`incomplete escape \\${letter}${found}`, at - 1)
    }
    return { code: Number.parseInt(hex, 16), size: digits + 1 }
  }
  const octal = /^(?:0[0-7]{0,2}|[0-3][0-7]{2})/.exec(pattern.slice(at, at + 3))?.[0]
  if (octal !== undefined) return { code: Number.parseInt(octal, 8), size: octal.length }
  if (/[A-Za-z0-9]/.test(letter)) return undefined
  const code = pattern.codePointAt(at)
  return code === undefined ? undefined : { code, size: code > 0xffff ? 2 : 1 }
}
