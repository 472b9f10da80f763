import { toFloat } from './convert-number.ts'
import { fixedText, floatDigits, roundTo } from './decimal-digits.ts'
import { PyError, typeError } from './py-error.ts'
import { float, HostObject, normInt, PyFloat, typeName, type Value } from './values.ts'

const roundFloat = (value: number, digits: number): Value => {
  if (!Number.isFinite(value)) return value
  const rounded = roundTo(floatDigits(value), -digits)
  const result = Number(fixedText(rounded))
  if (!Number.isFinite(result)) {
    throw new PyError('OverflowError', 'rounded value too large to represent')
  }
  return float(value < 0 || Object.is(value, -0) ? -result : result)
}

const roundInt = (value: bigint, digits: number): Value => {
  if (digits >= 0) return normInt(value)
  const negative = value < 0n
  const rounded = roundTo({ negative, digits: negative ? -value : value, exponent: 0 }, -digits)
  const size = rounded.digits * 10n ** BigInt(-digits)
  return normInt(negative ? -size : size)
}

/** Python's `round(value, digits)`: to even at the middle. Throws TypeError. */
export const round = (value: Value, digits: number): Value => {
  if (typeof value === 'number' && !Number.isInteger(value)) return roundFloat(value, digits)
  if (value instanceof PyFloat) return roundFloat(value.value, digits)
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') {
    return roundInt(BigInt(value), digits)
  }
  if (value instanceof HostObject && value.round) return value.round(digits)
  throw typeError(`type ${typeName(value)} doesn't define __round__ method`)
}

/** Python's `math.ceil(value)` or `math.floor(value)`. */
export const wholeNumber = (value: Value, direction: 'ceil' | 'floor'): Value => {
  if (typeof value === 'bigint') return value
  const exact = toFloat(value)
  if (!Number.isFinite(exact)) {
    const nan = Number.isNaN(exact)
    throw new PyError(
      nan ? 'ValueError' : 'OverflowError',
      `cannot convert float ${nan ? 'NaN' : 'infinity'} to integer`,
    )
  }
  return normInt(BigInt(Math[direction](exact)))
}
