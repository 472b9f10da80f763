import { literal } from './names.ts'

/**
 * What agate (which dbt reads seeds with) would take a column for, found by one aggregate query over
 * the file read as text. The rules, in agate's order of preference: number, date, timestamp, ISO
 * 8601 timestamp, boolean, text; empty cells and the word null fit all of them.
 */
export interface ColumnFacts {
  readonly number: boolean
  /** Some number is not whole. */
  readonly fraction: boolean
  /** Some whole number is beyond 32 bits. */
  readonly long: boolean
  readonly date: boolean
  readonly timestamp: boolean
  readonly iso: boolean
  readonly boolean: boolean
}

/** dbt-duckdb's type for a column; BIGINT is navo's own, where dbt fails to load the seed. */
export const inferredType = (facts: ColumnFacts): string => {
  if (facts.number) return facts.fraction ? 'float8' : facts.long ? 'bigint' : 'integer'
  if (facts.date) return 'date'
  if (facts.timestamp || facts.iso) return 'timestamp without time zone'
  return facts.boolean ? 'boolean' : 'text'
}

/**
 * The seven aggregates of `ColumnFacts`, in its order, over the text column `column`. What DuckDB
 * casts at once is settled by that; agate's rules in full are slow and looked at for the rest.
 */
export const factExpressions = (column: string): readonly string[] => {
  const text = `trim(${column}, ${WHITESPACE})`
  const every = (quick: string, rule: string): string =>
    `coalesce(bool_and(case when ${column} is null or ${quick} then true when lower(${text}) in ('', 'null') then true else ${rule} end), true)`
  const some = (quick: string, answer: string, rule: string): string =>
    `coalesce(bool_or(case when ${quick} then ${answer} else ${rule} end), false)`
  const cast = (type: string, length: number, separator: string): string =>
    `(length(${column}) = ${length} and ${column}[5] = '-' and ${column}[8] = '-' and ${column} >= '0001'${separator} and try_cast(${column} as ${type}) is not null)`
  const number = numberText(text)
  return [
    every(
      `try_cast(${column} as double) is not null`,
      `regexp_full_match(${number}, ${NUMBER}, 'i')`,
    ),
    some(
      `try_cast(${column} as double) is not null`,
      `isfinite(try_cast(${column} as double)) and try_cast(${column} as double) % 1 <> 0`,
      `regexp_matches(${number}, '\\.\\d*[1-9]')`,
    ),
    some(
      `length(${column}) < 10 or contains(${column}, '.')`,
      'false',
      `try_cast(${column} as integer) is null and try_cast(${column} as bigint) is not null`,
    ),
    every(
      cast('date', 10, ''),
      `regexp_full_match(${text}, ${DATE}) and ${isDate(text, '%Y-%m-%d')}`,
    ),
    every(
      cast('timestamp', 19, ` and ${column}[11] = ' '`),
      `regexp_full_match(${text}, ${TIMESTAMP}) and ${isDate(`regexp_extract(${text}, '^\\S+')`, '%Y-%m-%d')}`,
    ),
    every(
      cast('timestamp', 19, ` and ${column}[11] = 'T'`),
      `regexp_full_match(${text}, ${ISO}) and (not regexp_matches(${text}, '^\\d{4}-\\d\\d-\\d\\d') or ${isDate(`${text}[1:10]`, '%Y-%m-%d')})`,
    ),
    every(
      `lower(${column}) in ('true', 'false')`,
      `lower(trim(replace(${column}, ',', ''), ${WHITESPACE})) in ('true', 'false', '', 'null')`,
    ),
  ]
}

const WHITESPACE = `' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13)`

/** agate takes percent signs, one minus, currency symbols and thousands separators off before it reads a number. */
const CURRENCIES = '؋$ƒ៛¥₡₱£€¢﷼₪₩₭₮₦฿₤₫'

const numberText = (text: string): string =>
  `replace(replace(trim(regexp_replace(trim(${text}, '%'), '^-', ''), ${literal(CURRENCIES)}), ',', ''), '_', '')`

const NUMBER = literal('\\s*[-+]?((\\d+\\.?\\d*|\\.\\d+)(e[-+]?\\d+)?|inf(inity)?|s?nan\\d*)\\s*')
const DAY = '\\d{4}-(1[0-2]|0?[1-9])-(3[01]|[12]\\d|0?[1-9]| [1-9])'
const DATE = literal(DAY)
const TIMESTAMP = literal(`${DAY}\\s+(2[0-3]|[01]?\\d):[0-5]?\\d:[0-5]?\\d`)

const HOUR = '([01]\\d|2[0-3])'
const SIXTY = '[0-5]\\d'
const FRACTION = '([,.]\\d+)?'
const ISO_DATE =
  '(\\d{4}-\\d\\d-\\d\\d|\\d{8}|\\d{4}-W\\d\\d(-\\d)?|\\d{4}W\\d{2,3}|\\d{4}-\\d{3}|\\d{7}|\\d{4}-\\d\\d|\\d{6}|\\d{4}|\\d\\d)'
const ISO_TIME = `(${HOUR}:${SIXTY}:${SIXTY}${FRACTION}|${HOUR}${SIXTY}${SIXTY}${FRACTION}|${HOUR}:${SIXTY}${FRACTION}|${HOUR}${SIXTY}${FRACTION}|${HOUR}${FRACTION})`
const ISO = literal(`${ISO_DATE}T${ISO_TIME}(Z|[-+]\\d\\d(:?\\d\\d)?)?`)

const isDate = (text: string, format: string): string =>
  `try_strptime(${text}, '${format}') is not null and not starts_with(${text}, '0000')`
