import { formatFloat, formatInteger, padText } from './format-number.ts'
import { type FormatSpec, formatError, parseFormatSpec, unknownCode } from './format-spec.ts'
import { PyError, typeError } from './py-error.ts'
import { toStr } from './text.ts'
import { HostObject, PyFloat, typeName, type Value } from './values.ts'

const formatString = (text: string, spec: FormatSpec): string => {
  if (spec.type !== '' && spec.type !== 's') throw unknownCode(spec.type, 'str')
  if (spec.grouping !== '') throw formatError(`Cannot specify '${spec.grouping}' with 's'.`)
  if (spec.sign === ' ') throw formatError('Space not allowed in string format specifier')
  if (spec.sign !== '') throw formatError('Sign not allowed in string format specifier')
  if (spec.noNegativeZero) {
    throw formatError('Negative zero coercion (z) not allowed in string format specifier')
  }
  if (spec.alternate) throw formatError('Alternate form (#) not allowed in string format specifier')
  if (spec.align === '=') throw formatError("'=' alignment not allowed in string format specifier")
  const cut =
    spec.precision === undefined ? text : Array.from(text).slice(0, spec.precision).join('')
  return padText(cut, spec, '<')
}

const formatCharacter = (value: bigint, spec: FormatSpec): string => {
  if (spec.sign !== '') throw formatError("Sign not allowed with integer format specifier 'c'")
  if (spec.alternate) {
    throw formatError("Alternate form (#) not allowed with integer format specifier 'c'")
  }
  if (value < 0n || value > 0x10ffffn) {
    throw new PyError('OverflowError', '%c arg not in range(0x110000)')
  }
  return padText(String.fromCodePoint(Number(value)), spec, '<')
}

const formatInt = (value: bigint, spec: FormatSpec, name: string): string => {
  if ('eEfFgG%'.includes(spec.type) && spec.type !== '') {
    const float = Number(value)
    if (!Number.isFinite(float))
      throw new PyError('OverflowError', 'int too large to convert to float')
    return formatFloat(float, spec)
  }
  if (!'bcdnoxX'.includes(spec.type)) throw unknownCode(spec.type, name)
  if (spec.precision !== undefined) {
    throw formatError('Precision not allowed in integer format specifier')
  }
  if (spec.noNegativeZero) {
    throw formatError('Negative zero coercion (z) not allowed in integer format specifier')
  }
  if (spec.type === 'c') return formatCharacter(value, spec)
  return formatInteger(value, spec)
}

const formatFloatValue = (value: number, spec: FormatSpec): string => {
  if (!'eEfFgGn%'.includes(spec.type)) throw unknownCode(spec.type, 'float')
  return formatFloat(value, spec)
}

/** Python's `format(value, spec)`: what `'{:spec}'.format(value)` puts in. Throws Python's errors. */
export const formatValue = (value: Value, spec: string): string => {
  if (value instanceof HostObject && value.format) return value.format(spec)
  if (spec === '') return toStr(value)
  if (typeof value === 'string') return formatString(value, parseFormatSpec(spec))
  if (typeof value === 'number' && !Number.isInteger(value)) {
    return formatFloatValue(value, parseFormatSpec(spec))
  }
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') {
    return formatInt(BigInt(value), parseFormatSpec(spec), typeName(value))
  }
  if (value instanceof PyFloat) return formatFloatValue(value.value, parseFormatSpec(spec))
  throw typeError(`unsupported format string passed to ${typeName(value)}.__format__`)
}
