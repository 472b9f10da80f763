import type { DuckDBType, DuckDBValue } from '@duckdb/node-api'
import type { Cell } from '../../core/query-result.ts'

/** The lazily imported driver: nothing of DuckDB is loaded before a connection is wanted. */
export type Driver = typeof import('@duckdb/node-api')

/**
 * Turns the driver's values of one column into cells.
 * @param type the column's type, whose nested types are looked into as well
 */
export const cellConverter = (
  { DuckDBTypeId: Id }: Driver,
  type: DuckDBType,
): ((value: DuckDBValue) => Cell) => {
  const convert = (value: DuckDBValue, of: DuckDBType): Cell => {
    if (value === null) return null
    switch (of.typeId) {
      case Id.FLOAT:
      case Id.DOUBLE:
        return { float: value as number }
      case Id.DECIMAL:
        return { decimal: String(value) }
      case Id.DATE:
        return { temporal: 'date', text: String(value) }
      case Id.TIME:
      case Id.TIME_NS:
      case Id.TIME_TZ:
        return { temporal: 'time', text: String(value) }
      case Id.TIMESTAMP:
      case Id.TIMESTAMP_S:
      case Id.TIMESTAMP_MS:
      case Id.TIMESTAMP_NS:
        return { temporal: 'timestamp', text: isoTimestamp(value, '') }
      case Id.TIMESTAMP_TZ:
        return { temporal: 'timestamptz', text: isoTimestamp(value, '+00:00') }
      case Id.INTERVAL:
        return { temporal: 'interval', text: String(value) }
      case Id.BLOB:
        return new Uint8Array((value as { bytes: Uint8Array }).bytes)
      default:
        return of.typeId === Id.LIST || of.typeId === Id.ARRAY
          ? listCell(value, of as unknown as ListType)
          : structCell(value, of)
    }
  }
  const listCell = (value: DuckDBValue, { valueType }: ListType): Cell =>
    (value as { items: readonly DuckDBValue[] }).items.map(item => convert(item, valueType))
  const structCell = (value: DuckDBValue, of: DuckDBType): Cell => {
    switch (of.typeId) {
      case Id.STRUCT: {
        const { entryNames, entryTypes } = of as unknown as StructType
        const { entries } = value as { entries: Readonly<Record<string, DuckDBValue>> }
        const struct = new Map<string, Cell>()
        entryNames.forEach((name, i) => {
          const entry = entryTypes[i]
          if (entry !== undefined) struct.set(name, convert(entries[name] ?? null, entry))
        })
        return { struct }
      }
      case Id.MAP: {
        const { valueType } = of as unknown as ListType
        const { entries } = value as {
          entries: readonly { key: DuckDBValue; value: DuckDBValue }[]
        }
        return { struct: new Map(entries.map(e => [String(e.key), convert(e.value, valueType)])) }
      }
      case Id.UNION: {
        const union = value as { tag: string; value: DuckDBValue }
        return convert(union.value, (of as unknown as UnionType).memberTypeForTag(union.tag))
      }
      default:
        return scalar(value)
    }
  }
  return value => convert(value, type)
}

interface ListType {
  readonly valueType: DuckDBType
}
interface StructType {
  readonly entryNames: readonly string[]
  readonly entryTypes: readonly DuckDBType[]
}
interface UnionType {
  memberTypeForTag(tag: string): DuckDBType
}

const scalar = (value: DuckDBValue): Cell => {
  switch (typeof value) {
    case 'bigint':
      return Number.isSafeInteger(Number(value)) ? Number(value) : value
    case 'number':
    case 'boolean':
    case 'string':
      return value
    default:
      return String(value)
  }
}

/** `2024-01-01T10:00:00.5`, with `+00:00` where there is a zone: instants are given in UTC. */
const isoTimestamp = (value: DuckDBValue, zone: '' | '+00:00'): string => {
  const { micros } = value as { micros?: bigint }
  if (micros === undefined) return String(value).replace(' ', 'T')
  // The driver writes an instant in the machine's zone, so the text is made here.
  const text = String(value)
  if (/infinity/.test(text)) return text
  const millis = micros >= 0n ? micros / 1000n : (micros - 999n) / 1000n
  const date = new Date(Number(millis))
  if (Number.isNaN(date.getTime())) return text.replace(' ', 'T')
  const fraction = ((micros % 1_000_000n) + 1_000_000n) % 1_000_000n
  const tail = fraction === 0n ? '' : `.${String(fraction).padStart(6, '0')}`
  return `${date.toISOString().replace(/\.\d+Z$/, '')}${tail}${zone}`
}
