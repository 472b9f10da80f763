import { PyError, typeError } from './py-error.ts'
import { stringRepr } from './text.ts'
import { undefinedError } from './undefined.ts'
import { float, HostObject, normInt, PyFloat, typeName, Undefined, type Value } from './values.ts'

const valueError = (message: string): PyError => new PyError('ValueError', message)

// Other scripts' digits count too: each block of ten begins at a zero.
const asciiDigits = (text: string): string =>
  text.replace(/[^\0-\x7f]/gu, char => {
    if (!/\p{Nd}/u.test(char)) return char
    const code = char.codePointAt(0) ?? 0
    let zero = code
    while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--
    return String((code - zero) % 10)
  })

const prefixes: ReadonlyMap<number, string> = new Map([
  [2, '0b'],
  [8, '0o'],
  [16, '0x'],
])

const radixOf = (digits: string, base: number): number => {
  if (base !== 0) return base
  const prefix = digits.slice(0, 2).toLowerCase()
  return [...prefixes].find(([, text]) => text === prefix)?.[0] ?? 10
}

/** Python's `int(text, base)`. Throws ValueError. */
export const parseInteger = (text: string, base: number): number | bigint => {
  if (base !== 0 && (base < 2 || base > 36)) {
    throw valueError('int() base must be >= 2 and <= 36, or 0')
  }
  const invalid = () =>
    valueError(`invalid literal for int() with base ${base}: ${stringRepr(text)}`)
  const trimmed = asciiDigits(text.trim())
  const [, sign, body] = /^([+-]?)(.*)$/s.exec(trimmed) as unknown as [string, string, string]
  const radix = radixOf(body, base)
  const prefix = prefixes.get(radix)
  const prefixed = prefix !== undefined && body.toLowerCase().startsWith(prefix)
  const digits = prefixed ? body.slice(2).replace(/^_/, '') : body
  if (!/^[0-9a-z]+(_[0-9a-z]+)*$/i.test(digits)) throw invalid()
  // Base 0 reads as a literal does, where 010 is not allowed.
  if (base === 0 && !prefixed && /^0[\d_]*[1-9]/.test(digits)) throw invalid()
  let value = 0n
  for (const char of digits.toLowerCase()) {
    if (char === '_') continue
    const digit = Number.parseInt(char, 36)
    if (digit >= radix) throw invalid()
    value = value * BigInt(radix) + BigInt(digit)
  }
  return normInt(sign === '-' ? -value : value)
}

const floatPattern = /^[+-]?(\d+(_\d+)*\.?(\d+(_\d+)*)?|\.\d+(_\d+)*)(e[+-]?\d+(_\d+)*)?$/i

/** Python's `float(text)`. Throws ValueError. */
export const parseFloatText = (text: string): number => {
  const trimmed = asciiDigits(text.trim())
  if (floatPattern.test(trimmed)) return Number(trimmed.replaceAll('_', ''))
  const special = /^([+-]?)(inf|infinity|nan)$/i.exec(trimmed)
  if (!special) throw valueError(`could not convert string to float: ${stringRepr(text)}`)
  if (special[2]!.toLowerCase() === 'nan') return Number.NaN
  return special[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
}

/** A float without its fraction, as an int. Throws ValueError and OverflowError. */
export const truncate = (value: number): number | bigint => {
  if (Number.isNaN(value)) throw valueError('cannot convert float NaN to integer')
  if (!Number.isFinite(value)) {
    throw new PyError('OverflowError', 'cannot convert float infinity to integer')
  }
  return normInt(BigInt(Math.trunc(value)))
}

/** Python's `int(value)`. Throws TypeError, ValueError, OverflowError, UndefinedError. */
export const toInt = (value: Value, base = 10): number | bigint => {
  if (typeof value === 'string') return parseInteger(value, base)
  if (typeof value === 'number') return truncate(value)
  if (typeof value === 'bigint') return value
  if (typeof value === 'boolean') return Number(value)
  if (value instanceof PyFloat) return truncate(value.value)
  if (value instanceof Undefined) throw undefinedError(value)
  if (value instanceof HostObject) {
    const int = value.toInt?.()
    if (int !== undefined) return int
  }
  throw typeError(
    `int() argument must be a string, a bytes-like object or a real number, not '${typeName(value)}'`,
  )
}

/** Python's `float(value)`, unboxed. Throws TypeError, ValueError, OverflowError, UndefinedError. */
export const toFloat = (value: Value): number => {
  if (typeof value === 'number') return value
  if (value instanceof PyFloat) return value.value
  if (typeof value === 'string') return parseFloatText(value)
  if (typeof value === 'boolean') return Number(value)
  if (typeof value === 'bigint') {
    const result = Number(value)
    if (Number.isFinite(result)) return result
    throw new PyError('OverflowError', 'int too large to convert to float')
  }
  if (value instanceof Undefined) throw undefinedError(value)
  if (value instanceof HostObject) {
    const result = value.toFloat?.()
    if (result !== undefined) return result
  }
  throw typeError(`float() argument must be a string or a real number, not '${typeName(value)}'`)
}

/** Python's `float(value)`. */
export const asFloat = (value: Value): Value => float(toFloat(value))
