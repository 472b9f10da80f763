import { PyError } from './py-error.ts'

/** `[[fill]align][sign][z][#][0][width][grouping][.precision][type]`, as `format()` takes it. */
export interface FormatSpec {
  readonly fill: string
  readonly align: '' | '<' | '>' | '=' | '^'
  readonly sign: '' | '+' | '-' | ' '
  readonly noNegativeZero: boolean
  readonly alternate: boolean
  readonly zero: boolean
  readonly width: number
  readonly grouping: '' | ',' | '_'
  readonly precision: number | undefined
  readonly type: string
}

export const formatError = (message: string): PyError => new PyError('ValueError', message)

const pattern =
  /^(?:(?<fill>.)?(?<align>[<>=^]))?(?<sign>[-+ ]?)(?<z>z?)(?<alt>#?)(?<zero>0?)(?<width>\d*)(?<group>[,_]*)(?:\.(?<precision>\d*))?(?<type>.*)$/su

/** Parses a format specification. Throws ValueError. */
export const parseFormatSpec = (text: string): FormatSpec => {
  const parts = pattern.exec(text)?.groups ?? {}
  const { width = '', group = '', precision, type = '' } = parts
  if (precision === '') throw formatError('Format specifier missing precision')
  if (group.length > 1) {
    throw formatError(
      new Set(group).size > 1
        ? "Cannot specify both ',' and '_'."
        : `Cannot specify '${group[0]}' with '${group[1]}'.`,
    )
  }
  if (Array.from(type).length > 1) throw formatError('Invalid format specifier')
  const grouped = group === '_' ? /^[bdoxXeEfFgG%]?$/ : /^[deEfFgG%]?$/
  if (group !== '' && !grouped.test(type)) {
    throw formatError(`Cannot specify '${group}' with '${type}'.`)
  }
  if (Number(width) > 0x7fffffff || Number(precision ?? 0) > 0x7fffffff) {
    throw formatError('Too many decimal digits in format string')
  }
  return {
    fill: parts.fill ?? (parts.zero ? '0' : ' '),
    align: (parts.align ?? '') as FormatSpec['align'],
    sign: (parts.sign ?? '') as FormatSpec['sign'],
    noNegativeZero: parts.z === 'z',
    alternate: parts.alt === '#',
    zero: parts.zero === '0',
    width: Number(width),
    grouping: group as FormatSpec['grouping'],
    precision: precision === undefined ? undefined : Number(precision),
    type,
  }
}

/** The error for a presentation type that a Python type does not know. */
export const unknownCode = (type: string, typeName: string): PyError => {
  const code = type.codePointAt(0) ?? 0
  const shown = code > 32 && code < 128 ? type : `\\x${code.toString(16)}`
  return formatError(`Unknown format code '${shown}' for object of type '${typeName}'`)
}
