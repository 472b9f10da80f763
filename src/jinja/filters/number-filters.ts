import { intArgument } from '../python/arguments.ts'
import { asFloat, toFloat, toInt } from '../python/convert-number.ts'
import { formatValue } from '../python/format-value.ts'
import { div, mul, neg, pow, truthy } from '../python/operators.ts'
import { PyError, typeError } from '../python/py-error.ts'
import { round, wholeNumber } from '../python/round.ts'
import { float, HostObject, PyFloat, typeName, type Value } from '../python/values.ts'
import { type FilterEnvironment, filterTable } from './filter.ts'

const absolute = (_: FilterEnvironment, value: Value): Value => {
  if (typeof value === 'boolean') return Number(value)
  if (typeof value === 'number') return Math.abs(value)
  if (typeof value === 'bigint') return value < 0n ? neg(value) : value
  if (value instanceof PyFloat) return new PyFloat(Math.abs(value.value))
  if (value instanceof HostObject && value.absolute) return value.absolute()
  throw typeError(`bad operand type for abs(): '${typeName(value)}'`)
}

const isCaught = (error: unknown, ...types: readonly string[]): boolean =>
  error instanceof PyError && types.includes(error.type)

const int = (_: FilterEnvironment, value: Value, fallback: Value, base: Value): Value => {
  try {
    return toInt(value, intArgument(base))
  } catch (error) {
    if (!isCaught(error, 'TypeError', 'ValueError')) throw error
  }
  try {
    return toInt(float(toFloat(value)))
  } catch (error) {
    if (!isCaught(error, 'TypeError', 'ValueError', 'OverflowError')) throw error
    return fallback
  }
}

const toFloatOr = (_: FilterEnvironment, value: Value, fallback: Value): Value => {
  try {
    return asFloat(value)
  } catch (error) {
    if (!isCaught(error, 'TypeError', 'ValueError')) throw error
    return fallback
  }
}

const roundTo = (_: FilterEnvironment, value: Value, precision: Value, method: Value): Value => {
  if (method !== 'common' && method !== 'ceil' && method !== 'floor') {
    throw new PyError('FilterArgumentError', 'method must be common, ceil or floor')
  }
  if (method === 'common') return round(value, intArgument(precision))
  const scale = pow(10, precision)
  return div(wholeNumber(mul(value, scale), method), scale)
}

const prefixes = ['k', 'M', 'G', 'T', 'P', 'E', 'Z', 'Y']

const fileSize = (_: FilterEnvironment, value: Value, binary: Value): Value => {
  const bytes = toFloat(value)
  const base = truthy(binary) ? 1024 : 1000
  if (bytes === 1) return '1 Byte'
  if (bytes < base) return `${toInt(float(bytes))} Bytes`
  const found = prefixes.findIndex((_prefix, i) => bytes < base ** (i + 2))
  const at = found < 0 ? prefixes.length - 1 : found
  const size = formatValue(float((base * bytes) / base ** (at + 2)), '.1f')
  const prefix = prefixes[at]!
  return `${size} ${base === 1024 ? `${prefix.toUpperCase()}i` : prefix}B`
}

/** Filters over numbers. */
export const numberFilters = filterTable({
  abs: ['abs', 'x, /', absolute],
  filesizeformat: ['do_filesizeformat', 'value, binary=False', fileSize],
  float: ['do_float', 'value, default=0.0', toFloatOr],
  int: ['do_int', 'value, default=0, base=10', int],
  round: ['do_round', "value, precision=0, method='common'", roundTo],
})
