import { YamlDate, YamlFloat, type YamlValue } from './yaml-value.ts'

const words: ReadonlyMap<string, boolean | null> = new Map<string, boolean | null>([
  ...['yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map(
    word => [word, true] as const,
  ),
  ...['no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map(
    word => [word, false] as const,
  ),
  ...['~', 'null', 'Null', 'NULL', ''].map(word => [word, null] as const),
])

const integer =
  /^(?:[-+]?0b[01_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$/
const float =
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/
const timestamp =
  /^(?:\d{4}-\d\d-\d\d|\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?)$/

/**
 * The value of an unquoted scalar by YAML 1.1 as PyYAML reads it: `yes` is true, `010` is 8,
 * `1:30` is 90, `2024-01-31` a date. `1e3` is a string, as there.
 * Throws RangeError for a date that does not exist.
 */
export const plainScalar = (text: string): YamlValue => {
  const first = text.charCodeAt(0)
  // Digits, sign and dot begin numbers and dates; few words are anything but text.
  if ((first >= 48 && first <= 57) || first === 43 || first === 45 || first === 46) {
    return numberOrDate(text)
  }
  if (text.length > 5) return text
  const word = words.get(text)
  return word === undefined ? text : word
}

const numberOrDate = (text: string): YamlValue => {
  if (integer.test(text)) return parseInteger(text)
  if (float.test(text)) return yamlFloat(parseFloatText(text))
  if (timestamp.test(text)) return parseTimestamp(text)
  return text
}

/** A number of YAML's float type: boxed when JavaScript would take it for an int. */
export const yamlFloat = (value: number): YamlValue =>
  Number.isInteger(value) || !Number.isFinite(value) ? new YamlFloat(value) : value

/** The value of a text that the int pattern or `!!int` accepts. Throws RangeError for others. */
export const parseInteger = (text: string): number | bigint => {
  const digits = text.replaceAll('_', '')
  const negative = digits.startsWith('-')
  const body = digits.replace(/^[-+]/, '')
  const magnitude = integerMagnitude(body)
  if (magnitude === undefined) throw new RangeError(`invalid literal for int(): '${text}'`)
  const value = negative ? -magnitude : magnitude
  return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER)
    ? Number(value)
    : value
}

const integerMagnitude = (body: string): bigint | undefined => {
  try {
    if (body.includes(':')) return sexagesimal(body.split(':'))
    if (/^0[0-7]/.test(body)) return BigInt(`0o${body.slice(1)}`)
    return BigInt(body === '' ? '?' : body)
  } catch {
    return undefined
  }
}

const sexagesimal = (parts: readonly string[]): bigint =>
  parts.reduce((sum, part) => sum * 60n + BigInt(part), 0n)

/** The value of a text that `!!float` or the float pattern accepts; NaN when neither does. */
export const parseFloatText = (text: string): number => {
  const clean = text.replaceAll('_', '').toLowerCase()
  const sign = clean.startsWith('-') ? -1 : 1
  const body = clean.replace(/^[-+]/, '')
  if (body === '.inf') return sign * Number.POSITIVE_INFINITY
  if (body === '.nan') return Number.NaN
  if (!body.includes(':')) return sign * Number(body)
  return sign * body.split(':').reduce((sum, part) => sum * 60 + Number(part), 0)
}

const parts =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:(?:[Tt]|[ \t]+)(\d\d?):(\d\d):(\d\d)(?:\.(\d*))?(?:[ \t]*(Z|([-+])(\d\d?)(?::(\d\d))?))?)?$/

const parseTimestamp = (text: string): YamlDate => {
  const match = parts.exec(text) ?? []
  const [, year, month, day, hour, minute, second, fraction, zone, sign, zoneHour, zoneMinute] =
    match
  const date = `${year}-${two(month)}-${two(day)}`
  assertDate(date, Number(year), Number(month), Number(day))
  if (hour === undefined) return new YamlDate('date', date)
  assertTime(text, Number(hour), Number(minute), Number(second))
  const micros = fraction ? fraction.slice(0, 6).padEnd(6, '0') : '000000'
  const time = `${two(hour)}:${minute}:${second}${micros === '000000' ? '' : `.${micros}`}`
  const offset =
    zone === undefined
      ? ''
      : zone === 'Z'
        ? '+00:00'
        : `${sign}${two(zoneHour)}:${zoneMinute ?? '00'}`
  return new YamlDate('datetime', `${date}T${time}${offset === '-00:00' ? '+00:00' : offset}`)
}

const two = (digits: string | undefined): string => (digits ?? '').padStart(2, '0')

const assertDate = (text: string, year: number, month: number, day: number): void => {
  const real = new Date(Date.UTC(year, month - 1, day))
  if (month < 1 || month > 12) throw new RangeError('month must be in 1..12')
  if (year < 1 || real.getUTCMonth() !== month - 1 || real.getUTCDate() !== day)
    throw new RangeError(`day is out of range for month: ${text}`)
}

const assertTime = (text: string, hour: number, minute: number, second: number): void => {
  if (hour > 23) throw new RangeError(`hour must be in 0..23: ${text}`)
  if (minute > 59) throw new RangeError(`minute must be in 0..59: ${text}`)
  if (second > 59) throw new RangeError(`second must be in 0..59: ${text}`)
}
