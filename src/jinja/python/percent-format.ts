import { codePointLength } from './code-points.ts'
import { truncate } from './convert-number.ts'
import { formatFloat, formatInteger, padText } from './format-number.ts'
import type { FormatSpec } from './format-spec.ts'
import { PyError, typeError } from './py-error.ts'
import { asciiRepr, stringRepr, toRepr, toStr } from './text.ts'
import { undefinedError } from './undefined.ts'
import {
  HostObject,
  keyError,
  PyDict,
  PyFloat,
  PyTuple,
  typeName,
  Undefined,
  type Value,
} from './values.ts'

interface Directive {
  readonly type: string
  readonly flags: string
  readonly width: number
  readonly precision: number | undefined
}

const directive =
  /%(?:\((?<key>(?:[^()]|\([^()]*\))*)\))?(?<flags>[-+ #0]*)(?<width>\*|\d*)(?:\.(?<precision>\*|\d*))?[hlL]?(?<type>[\s\S]?)/gu

const specOf = ({ flags, width, precision, type }: Directive): FormatSpec => ({
  fill: flags.includes('0') && !flags.includes('-') ? '0' : ' ',
  align: flags.includes('-') ? '<' : flags.includes('0') ? '=' : '>',
  sign: flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '',
  noNegativeZero: false,
  alternate: flags.includes('#'),
  zero: false,
  width,
  grouping: '',
  precision,
  type,
})

const floatOf = (value: Value): number => {
  if (value instanceof Undefined) throw undefinedError(value)
  if (typeof value === 'number') return value
  if (value instanceof PyFloat) return value.value
  if (typeof value === 'bigint' || typeof value === 'boolean') return Number(value)
  if (value instanceof HostObject) {
    const float = value.toFloat?.()
    if (float !== undefined) return float
  }
  throw typeError(`must be real number, not ${typeName(value)}`)
}

const intOf = (value: Value, type: string): bigint => {
  if (typeof value === 'bigint' || typeof value === 'boolean') return BigInt(value)
  if (typeof value === 'number' && Number.isInteger(value)) return BigInt(value)
  if ('diu'.includes(type) && value instanceof HostObject) {
    const int = value.toInt?.()
    if (int !== undefined) return BigInt(int)
  }
  const isFloat = typeof value === 'number' || value instanceof PyFloat
  if ('diu'.includes(type)) {
    if (value instanceof Undefined) throw undefinedError(value)
    if (isFloat) return BigInt(truncate(floatOf(value)))
    throw typeError(`%${type} format: a real number is required, not ${typeName(value)}`)
  }
  throw typeError(`%${type} format: an integer is required, not ${typeName(value)}`)
}

const starOf = (value: Value): number => {
  if (typeof value === 'boolean') return Number(value)
  if (typeof value === 'number' && Number.isInteger(value)) return value
  throw typeError('* wants int')
}

const formatIntegerWith = (value: Value, use: Directive): string => {
  const spec = specOf({ ...use, type: 'iu'.includes(use.type) ? 'd' : use.type })
  const int = intOf(value, use.type)
  if (use.precision === undefined) return formatInteger(int, spec)
  // A precision is the least number of digits.
  const digits = formatInteger(int < 0n ? -int : int, {
    ...spec,
    sign: '',
    width: 0,
    alternate: false,
  })
  const prefix = spec.alternate && spec.type !== 'd' ? `0${spec.type}` : ''
  const sign = int < 0n ? '-' : spec.sign
  const padded = digits.padStart(use.precision, '0')
  if (spec.align === '=') {
    const room = spec.width - sign.length - prefix.length
    return sign + prefix + padded.padStart(room, '0')
  }
  return padText(sign + prefix + padded, spec, '>')
}

const formatCharacter = (value: Value): string => {
  if (typeof value === 'string' && codePointLength(value) === 1) return value
  if (typeof value === 'boolean') return value ? '\x01' : '\0'
  if (typeof value === 'number' && Number.isInteger(value)) {
    if (value >= 0 && value < 0x110000) return String.fromCodePoint(value)
    throw new PyError('OverflowError', '%c arg not in range(0x110000)')
  }
  if (typeof value === 'bigint') {
    throw new PyError('OverflowError', '%c arg not in range(0x110000)')
  }
  throw typeError('%c requires int or char')
}

const formatText = (text: string, use: Directive): string => {
  const cut = use.precision === undefined ? text : Array.from(text).slice(0, use.precision).join('')
  return padText(
    cut,
    { ...specOf(use), fill: ' ', align: use.flags.includes('-') ? '<' : '>' },
    '>',
  )
}

const formatOne = (value: Value, use: Directive, at: number): string => {
  switch (use.type) {
    case 's':
      return formatText(toStr(value), use)
    case 'r':
      return formatText(toRepr(value), use)
    case 'a':
      return formatText(asciiRepr(value), use)
    case 'c':
      return formatText(formatCharacter(value), { ...use, precision: undefined })
    case 'd':
    case 'i':
    case 'u':
    case 'o':
    case 'x':
    case 'X':
      return formatIntegerWith(value, use)
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
      return formatFloat(floatOf(value), { ...specOf(use), precision: use.precision ?? 6 })
  }
  const code = use.type.codePointAt(0) ?? 0
  const shown = code < 128 ? use.type : '?'
  const message = `unsupported format character '${shown}' (0x${code.toString(16)}) at index ${at}`
  throw new PyError('ValueError', message)
}

// What the directives take their values from, in order or by key.
const source = (values: Value) => {
  const isTuple = values instanceof PyTuple
  const items: readonly Value[] = isTuple ? values : [values]
  let next = 0
  let byKey = false
  return {
    next: (): Value => {
      const value = items[next++]
      if (value === undefined) throw typeError('not enough arguments for format string')
      return value
    },
    get: (key: string): Value => {
      if (!(values instanceof PyDict)) throw typeError('format requires a mapping')
      byKey = true
      const value = values.get(key)
      if (value === undefined) throw keyError(stringRepr(key))
      return value
    },
    unclosedKey: (): never => {
      if (!(values instanceof PyDict)) throw typeError('format requires a mapping')
      throw new PyError('ValueError', 'incomplete format key')
    },
    finish: (): void => {
      const mapping = !isTuple && typeof values !== 'string' && isMappingLike(values)
      if (!byKey && !mapping && next < items.length) {
        throw typeError('not all arguments converted during string formatting')
      }
    },
  }
}

// Whatever has items could be a mapping, so Python does not insist that it is used.
const isMappingLike = (value: Value): boolean =>
  value instanceof PyDict || Array.isArray(value) || value instanceof Undefined

/** `text % values`. Throws Python's TypeErrors, ValueErrors and KeyErrors. */
export const formatPercent = (text: string, values: Value): string => {
  const from = source(values)
  const result = text.replace(directive, (...match) => {
    const groups = match.at(-1) as Record<string, string | undefined>
    const offset = match.at(-3) as number
    const { key, flags = '', width = '', precision, type = '' } = groups
    if (match[0] === '%%') return '%'
    const unclosed = key === undefined && type === '('
    if (unclosed) return from.unclosedKey()
    if (type === '') throw new PyError('ValueError', 'incomplete format')
    const value = key === undefined ? undefined : from.get(key)
    const starWidth = width === '*' ? starOf(from.next()) : Number(width)
    const use: Directive = {
      type,
      flags: starWidth < 0 ? `${flags}-` : flags,
      width: Math.abs(starWidth),
      precision:
        precision === '*'
          ? Math.max(0, starOf(from.next()))
          : precision === undefined
            ? undefined
            : Number(precision),
    }
    return formatOne(value ?? from.next(), use, offset + (match[0] as string).length - 1)
  })
  from.finish()
  return result
}
