import { codePointLength } from './code-points.ts'
import {
  type DecimalDigits,
  fixedText,
  floatDigits,
  roundSignificant,
  roundTo,
} from './decimal-digits.ts'
import type { FormatSpec } from './format-spec.ts'
import { floatRepr } from './text.ts'

/** A number's text in parts, before sign, grouping and padding are put together. */
interface NumberText {
  readonly negative: boolean
  /** `0x` and the like, between sign and digits. */
  readonly prefix?: string
  readonly integer: string
  /** Point, fraction and exponent; the percent sign. */
  readonly rest: string
}

const groupDigits = (digits: string, separator: string, size: number): string => {
  if (separator === '') return digits
  const parts: string[] = []
  for (let end = digits.length; end > 0; end -= size) {
    parts.unshift(digits.slice(Math.max(0, end - size), end))
  }
  return parts.join(separator)
}

/** Pads text to the spec's width; `fallback` is the alignment when the spec names none. */
export const padText = (text: string, spec: FormatSpec, fallback: '<' | '>'): string => {
  const missing = spec.width - codePointLength(text)
  if (missing <= 0) return text
  const align = spec.align === '' || spec.align === '=' ? fallback : spec.align
  if (align === '<') return text + spec.fill.repeat(missing)
  if (align === '>') return spec.fill.repeat(missing) + text
  const left = missing >> 1
  return spec.fill.repeat(left) + text + spec.fill.repeat(missing - left)
}

/** Puts a number's parts together as the spec wants them. */
export const layoutNumber = (text: NumberText, spec: FormatSpec, groupSize = 3): string => {
  const sign = text.negative ? '-' : spec.sign === '-' ? '' : spec.sign
  const lead = sign + (text.prefix ?? '')
  const align = spec.align === '' && spec.zero ? '=' : spec.align
  let digits = groupDigits(text.integer, spec.grouping, groupSize)
  if (align !== '=') return padText(lead + digits + text.rest, spec, '>')
  const room = spec.width - lead.length - text.rest.length
  if (spec.fill !== '0')
    return lead + spec.fill.repeat(Math.max(0, room - digits.length)) + digits + text.rest
  // Zeros take part in the grouping.
  let plain = text.integer
  while (digits.length < room) {
    plain = `0${plain}`
    digits = groupDigits(plain, spec.grouping, groupSize)
  }
  return lead + digits + text.rest
}

const splitPoint = (text: string): readonly [string, string] => {
  const at = text.search(/[.e]/i)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at)]
}

const exponentText = (exponent: number): string =>
  `e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`

const scientific = (rounded: DecimalDigits, alternate: boolean): string => {
  const digits = String(rounded.digits)
  const exponent = rounded.digits === 0n ? 0 : rounded.exponent + digits.length - 1
  const padded = rounded.digits === 0n ? '0'.repeat(1 - rounded.exponent) : digits
  const fraction = padded.slice(1)
  const point = fraction !== '' || alternate ? '.' : ''
  return `${padded[0]}${point}${fraction}${exponentText(exponent)}`
}

interface GeneralOptions {
  readonly precision: number
  readonly alternate: boolean
  /** Keep one digit behind the point and leave fixed notation one digit sooner. */
  readonly addPoint?: boolean
}

// `g`: fixed or scientific, by the exponent of the rounded number; no trailing zeros.
const general = (number: DecimalDigits, options: GeneralOptions): string => {
  const precision = Math.max(1, options.precision)
  const rounded = roundSignificant(number, precision)
  const exponent = rounded.digits === 0n ? 0 : rounded.exponent + precision - 1
  const limit = precision - (options.addPoint ? 1 : 0)
  const useExponent = exponent < -4 || exponent >= limit
  const trim = (text: string): string =>
    options.alternate || !text.includes('.') ? text : text.replace(/\.?0+$/, '')
  if (useExponent) {
    const [mantissa = '', power = ''] = scientific(rounded, options.alternate).split('e')
    return `${trim(mantissa)}e${power}`
  }
  const fixed = trim(fixedText(rounded.exponent > 0 ? roundTo(rounded, 0) : rounded))
  if (options.addPoint && !fixed.includes('.')) return `${fixed}.0`
  return options.alternate && !fixed.includes('.') ? `${fixed}.` : fixed
}

/** The unsigned text of exact digits in a float presentation: `e`, `f`, `g`, `%`. */
export const digitsText = (number: DecimalDigits, spec: FormatSpec): string => {
  const precision = spec.precision ?? 6
  switch (spec.type.toLowerCase()) {
    case 'e':
      return scientific(roundSignificant(number, precision + 1), spec.alternate)
    case 'f': {
      const text = fixedText(roundTo(number, -precision))
      return spec.alternate && precision === 0 ? `${text}.` : text
    }
    case '%': {
      const percent = { ...number, exponent: number.exponent + 2 }
      return `${fixedText(roundTo(percent, -precision))}${spec.alternate && precision === 0 ? '.' : ''}%`
    }
    case 'g':
    case 'n':
      return general(number, { precision, alternate: spec.alternate })
    default:
      return general(number, { precision, alternate: spec.alternate, addPoint: true })
  }
}

const unsignedFloat = (value: number, spec: FormatSpec): string => {
  if (!Number.isFinite(value)) {
    return `${Number.isNaN(value) ? 'nan' : 'inf'}${spec.type === '%' ? '%' : ''}`
  }
  // Without a type and a precision: as str() writes it.
  if (spec.type === '' && spec.precision === undefined) return floatRepr(Math.abs(value))
  // Percentages are computed in floats, with their error.
  if (spec.type === '%') {
    const percent = floatDigits(Math.abs(value) * 100)
    return `${digitsText(percent, { ...spec, type: 'f' })}%`
  }
  return digitsText(floatDigits(Math.abs(value)), spec)
}

/** `format(value, spec)` of a float. */
export const formatFloat = (value: number, spec: FormatSpec): string => {
  const text = unsignedFloat(value, spec)
  const upper = /[EFG]/.test(spec.type) ? text.toUpperCase() : text
  const [integer, rest] = Number.isFinite(value) ? splitPoint(upper.replace(/%$/, '')) : [upper, '']
  const percent = Number.isFinite(value) && upper.endsWith('%') ? '%' : ''
  const negative = value < 0 || Object.is(value, -0)
  const zero = spec.noNegativeZero && !/[1-9]/.test(upper) && Number.isFinite(value)
  const layout = Number.isFinite(value) ? spec : { ...spec, grouping: '' as const }
  return layoutNumber({ negative: negative && !zero, integer, rest: rest + percent }, layout)
}

const radixes: ReadonlyMap<string, number> = new Map([
  ['b', 2],
  ['o', 8],
  ['x', 16],
  ['X', 16],
])

/** `format(value, spec)` of an int in an integer presentation: none, `d`, `n`, `b`, `o`, `x`, `X`. */
export const formatInteger = (value: bigint, spec: FormatSpec): string => {
  const radix = radixes.get(spec.type) ?? 10
  const lower = (value < 0n ? -value : value).toString(radix)
  const integer = spec.type === 'X' ? lower.toUpperCase() : lower
  const prefix = spec.alternate && radix !== 10 ? `0${spec.type}` : ''
  return layoutNumber(
    { negative: value < 0n, prefix, integer, rest: '' },
    spec,
    radix === 10 ? 3 : 4,
  )
}
