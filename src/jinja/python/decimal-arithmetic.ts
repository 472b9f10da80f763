import { type DecimalDigits, floatDigits, roundSignificant, roundTo } from './decimal-digits.ts'
import { PyError } from './py-error.ts'
import { PyFloat, type Value } from './values.ts'

/** Arithmetic of Python's default decimal context: 28 significant digits, half to even. */
const precision = 28

/** The value of an int; undefined for anything else. */
export const intDigits = (value: Value): DecimalDigits | undefined => {
  const isInt =
    typeof value === 'bigint' ||
    typeof value === 'boolean' ||
    (typeof value === 'number' && Number.isInteger(value))
  if (!isInt) return undefined
  const big = BigInt(value)
  return { negative: big < 0n, digits: big < 0n ? -big : big, exponent: 0 }
}

/** The exact value of a finite number of any kind. */
export const exactDigits = (value: Value): DecimalDigits | undefined => {
  const float = value instanceof PyFloat ? value.value : value
  if (value instanceof PyFloat || (typeof float === 'number' && !Number.isInteger(float))) {
    return Number.isFinite(float as number) ? floatDigits(float as number) : undefined
  }
  return intDigits(value)
}

const signed = ({ negative, digits }: DecimalDigits): bigint => (negative ? -digits : digits)

const fromSigned = (value: bigint, exponent: number): DecimalDigits => ({
  negative: value < 0n,
  digits: value < 0n ? -value : value,
  exponent,
})

/** Rounds to the context's precision. */
export const limited = (number: DecimalDigits): DecimalDigits =>
  String(number.digits).length > precision ? roundSignificant(number, precision) : number

// Both with the smaller exponent.
const aligned = (a: DecimalDigits, b: DecimalDigits): readonly [bigint, bigint, number] => {
  const exponent = Math.min(a.exponent, b.exponent)
  return [signed(roundTo(a, exponent)), signed(roundTo(b, exponent)), exponent]
}

export const addDecimals = (a: DecimalDigits, b: DecimalDigits): DecimalDigits => {
  const [x, y, exponent] = aligned(a, b)
  return limited(fromSigned(x + y, exponent))
}

export const negateDecimal = (a: DecimalDigits): DecimalDigits =>
  // Minus zero is plain zero.
  ({ ...a, negative: a.digits !== 0n && !a.negative })

export const multiplyDecimals = (a: DecimalDigits, b: DecimalDigits): DecimalDigits =>
  limited({
    negative: a.negative !== b.negative,
    digits: a.digits * b.digits,
    exponent: a.exponent + b.exponent,
  })

const divisionByZero = (condition: string): PyError =>
  new PyError(
    condition === 'DivisionByZero' ? 'DivisionByZero' : 'InvalidOperation',
    `[<class 'decimal.${condition}'>]`,
  )

/** `a / b`. Throws as Python's context does. */
export const divideDecimals = (a: DecimalDigits, b: DecimalDigits): DecimalDigits => {
  if (b.digits === 0n)
    throw divisionByZero(a.digits === 0n ? 'DivisionUndefined' : 'DivisionByZero')
  const negative = a.negative !== b.negative
  const ideal = a.exponent - b.exponent
  if (a.digits === 0n) return { negative, digits: 0n, exponent: ideal }
  const shift = Math.max(0, String(b.digits).length - String(a.digits).length + precision + 1)
  const scaled = a.digits * 10n ** BigInt(shift)
  const quotient = scaled / b.digits
  const isExact = scaled % b.digits === 0n
  // A sticky last digit stands for what is cut off.
  const sticky = isExact ? quotient * 10n : quotient * 10n + 1n
  const result = limited({ negative, digits: sticky, exponent: ideal - shift - 1 })
  return isExact ? reduceTo(result, ideal) : result
}

// Drops zeros at the end, no further than to the wanted exponent.
const reduceTo = (number: DecimalDigits, exponent: number): DecimalDigits => {
  let { digits } = number
  let at = number.exponent
  while (at < exponent && digits % 10n === 0n) {
    digits /= 10n
    at++
  }
  return { ...number, digits, exponent: at }
}

/** Without zeros at the end. */
export const normalizeDecimal = (number: DecimalDigits): DecimalDigits =>
  number.digits === 0n
    ? { ...number, exponent: 0 }
    : reduceTo(limited(number), Number.POSITIVE_INFINITY)

/** `a // b`: cut off, not rounded down, unlike that of ints. */
export const floorDivideDecimals = (a: DecimalDigits, b: DecimalDigits): DecimalDigits => {
  if (b.digits === 0n)
    throw divisionByZero(a.digits === 0n ? 'DivisionUndefined' : 'DivisionByZero')
  const [x, y] = aligned(a, b)
  const quotient = x / y
  const negative = a.negative !== b.negative
  return { negative, digits: quotient < 0n ? -quotient : quotient, exponent: 0 }
}

/** `a % b`: with the sign of a. */
export const remainderDecimals = (a: DecimalDigits, b: DecimalDigits): DecimalDigits => {
  if (b.digits === 0n)
    throw divisionByZero(a.digits === 0n ? 'DivisionUndefined' : 'InvalidOperation')
  const [x, y, exponent] = aligned(a, b)
  const rest = x % y
  return limited({ negative: a.negative, digits: rest < 0n ? -rest : rest, exponent })
}

const one: DecimalDigits = { negative: false, digits: 1n, exponent: 0 }

/** `a ** n` for an int n; other exponents are computed in floats. */
export const powerDecimals = (a: DecimalDigits, b: DecimalDigits): DecimalDigits => {
  if (a.digits === 0n && b.digits === 0n) throw divisionByZero('InvalidOperation')
  const power = roundTo(b, 0, 'down')
  const isWhole =
    signed(power) * 10n ** BigInt(Math.max(0, -b.exponent)) ===
    signed(roundTo(b, Math.min(0, b.exponent)))
  if (!isWhole || power.digits > 100_000n) {
    return limited(
      floatDigits(Number(`${signed(a)}e${a.exponent}`) ** Number(`${signed(b)}e${b.exponent}`)),
    )
  }
  const exponent = a.digits === 0n ? 0 : Number(power.digits)
  const exact = {
    negative: a.negative && power.digits % 2n === 1n,
    digits: a.digits ** power.digits,
    exponent: a.exponent * exponent,
  }
  return power.negative ? divideDecimals(one, exact) : limited(exact)
}

/** Less than, equal to or greater than zero. */
export const compareDecimals = (a: DecimalDigits, b: DecimalDigits): number => {
  const [x, y] = aligned(a, b)
  return x < y ? -1 : x > y ? 1 : 0
}
