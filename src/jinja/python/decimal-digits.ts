/**
 * Exact decimal digits: the number `(-1)^negative · digits · 10^exponent`. Python rounds floats by
 * their exact binary value, half to even; JavaScript's toFixed rounds halves up.
 */
export interface DecimalDigits {
  readonly negative: boolean
  readonly digits: bigint
  readonly exponent: number
}

/** The exact value of a finite float. */
export const floatDigits = (value: number): DecimalDigits => {
  const bits = new DataView(new ArrayBuffer(8))
  bits.setFloat64(0, value)
  const word = bits.getBigUint64(0)
  const biased = Number((word >> 52n) & 0x7ffn)
  const fraction = word & 0xfffffffffffffn
  const mantissa = biased === 0 ? fraction : fraction | 0x10000000000000n
  const power = (biased === 0 ? 1 : biased) - 1075
  const negative = word >> 63n === 1n
  if (power >= 0) return { negative, digits: mantissa << BigInt(power), exponent: 0 }
  return { negative, digits: mantissa * 5n ** BigInt(-power), exponent: power }
}

/** How a quotient is rounded to an integer. */
export type Rounding = 'half-even' | 'half-up' | 'half-down' | 'down' | 'up' | 'floor' | 'ceiling'

const roundsUp = (
  rounding: Rounding,
  rest: bigint,
  half: bigint,
  odd: boolean,
  negative: boolean,
) => {
  switch (rounding) {
    case 'half-even':
      return rest > half || (rest === half && odd)
    case 'half-up':
      return rest >= half
    case 'half-down':
      return rest > half
    case 'down':
      return false
    case 'up':
      return true
    case 'floor':
      return negative
    case 'ceiling':
      return !negative
  }
}

/** The number with no digits below 10^`exponent` (zeros are added when it has fewer). */
export const roundTo = (
  number: DecimalDigits,
  exponent: number,
  rounding: Rounding = 'half-even',
): DecimalDigits => {
  const { negative, digits } = number
  const drop = exponent - number.exponent
  if (drop <= 0) return { negative, digits: digits * 10n ** BigInt(-drop), exponent }
  const unit = 10n ** BigInt(drop)
  const kept = digits / unit
  const rest = (digits % unit) * 2n
  const up = rest > 0n && roundsUp(rounding, rest, unit, kept % 2n === 1n, negative)
  return { negative, digits: up ? kept + 1n : kept, exponent }
}

/** The number rounded to so many significant digits (at least one). Zero keeps one digit. */
export const roundSignificant = (
  number: DecimalDigits,
  count: number,
  rounding: Rounding = 'half-even',
): DecimalDigits => {
  if (number.digits === 0n) return { ...number, exponent: 1 - count }
  const size = String(number.digits).length
  const rounded = roundTo(number, number.exponent + size - count, rounding)
  // 9.99 → 10.0 has one digit too many.
  if (String(rounded.digits).length > count) return roundTo(rounded, rounded.exponent + 1, rounding)
  return rounded
}

/** Fixed-point text without sign: `12.30`. */
export const fixedText = ({ digits, exponent }: DecimalDigits): string => {
  if (exponent >= 0) return String(digits * 10n ** BigInt(exponent))
  const text = String(digits).padStart(1 - exponent, '0')
  return `${text.slice(0, exponent)}.${text.slice(exponent)}`
}
