import { type DecimalDigits, type Rounding, roundSignificant, roundTo } from './decimal-digits.ts'
import { layoutNumber } from './format-number.ts'
import { type FormatSpec, formatError, parseFormatSpec } from './format-spec.ts'

/** A decimal as Python's `str` writes it: every digit kept, exponents beyond six zeros. */
export const decimalText = ({ negative, digits, exponent }: DecimalDigits): string => {
  const text = String(digits)
  const sign = negative ? '-' : ''
  const left = text.length + exponent
  if (exponent <= 0 && left > -6) return sign + placed(text, left)
  const power = left - 1
  return `${sign}${placed(text, 1)}E${power < 0 ? '-' : '+'}${Math.abs(power)}`
}

// The digits with the point behind the first `at` of them.
const placed = (digits: string, at: number): string => {
  if (at <= 0) return `0.${'0'.repeat(-at)}${digits}`
  if (at >= digits.length) return digits + '0'.repeat(at - digits.length)
  return `${digits.slice(0, at)}.${digits.slice(at)}`
}

const pattern = /^([+-]?)(?:(\d+)\.?(\d*)|\.(\d+))(?:e([+-]?\d+))?$/i

/** Reads a decimal as SQL and Python write one; undefined when it is none. */
export const parseDecimal = (text: string): DecimalDigits | undefined => {
  const match = pattern.exec(text.trim().replaceAll('_', ''))
  if (!match) return undefined
  const [, sign, whole = '', fraction = '', bare = '', power = '0'] = match
  const behind = fraction + bare
  return {
    negative: sign === '-',
    digits: BigInt(whole + behind || '0'),
    exponent: Number(power) - behind.length,
  }
}

// Rounds as the presentation and its precision want.
const roundFor = (
  number: DecimalDigits,
  type: string,
  precision: number | undefined,
): DecimalDigits => {
  const rounding: Rounding = 'half-even'
  const isFixed = 'fF%'.includes(type)
  let result = number
  if (precision !== undefined) {
    const size = String(number.digits).length
    if (isFixed) result = roundTo(number, -precision, rounding)
    else if ('eE'.includes(type) && number.digits !== 0n) {
      result = roundSignificant(number, precision + 1, rounding)
    } else if ('gG'.includes(type) && size > Math.max(1, precision)) {
      result = roundSignificant(number, Math.max(1, precision), rounding)
    }
  }
  return isFixed && result.digits === 0n && result.exponent > 0 ? roundTo(result, 0) : result
}

const pointPlace = (number: DecimalDigits, type: string, precision: number | undefined): number => {
  const left = number.exponent + String(number.digits).length
  if ('eE'.includes(type))
    return number.digits === 0n && precision !== undefined ? 1 - precision : 1
  if ('fF%'.includes(type)) return left
  return number.exponent <= 0 && left > -6 ? left : 1
}

const decimalSpec = (text: string): FormatSpec => {
  const spec = parseFormatSpec(text)
  const isKnown = spec.type === '' || 'eEfFgGn%'.includes(spec.type)
  // The C library's rules: zeros and an alignment exclude each other, `#` is unknown.
  if (!isKnown || spec.alternate || (spec.zero && spec.align !== '')) {
    throw formatError('invalid format string')
  }
  return spec
}

/** Python's `format(decimal, spec)`. Throws ValueError. */
export const formatDecimal = (number: DecimalDigits, text: string): string => {
  const spec = decimalSpec(text)
  const type = spec.type === '' ? 'G' : spec.type === 'n' ? 'g' : spec.type
  const scaled = type === '%' ? { ...number, exponent: number.exponent + 2 } : number
  const rounded = roundFor(scaled, type, spec.precision)
  const digits = String(rounded.digits)
  const at = pointPlace(rounded, type, spec.precision)
  const full = at > digits.length ? digits.padEnd(at, '0') : digits
  const integer = at <= 0 ? '0' : full.slice(0, at)
  const fraction = at < 0 ? '0'.repeat(-at) + digits : full.slice(Math.max(0, at))
  const exponent = rounded.exponent + digits.length - at
  const power = exponent !== 0 || 'eE'.includes(type) ? exponentText(type, exponent) : ''
  const point = fraction !== '' || spec.alternate ? `.${fraction}` : ''
  const negative = number.negative && !(spec.noNegativeZero && rounded.digits === 0n)
  const rest = `${point}${power}${type === '%' ? '%' : ''}`
  return layoutNumber({ negative, integer, rest }, spec)
}

const exponentText = (type: string, exponent: number): string =>
  `${'EG'.includes(type) ? 'E' : 'e'}${exponent < 0 ? '-' : '+'}${Math.abs(exponent)}`
