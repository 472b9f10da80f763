import type { Cell, QueryResult } from '../core/query-result.ts'
import { dumps, fromJson, parseIsoTemporal } from '../jinja/python/convert.ts'
import { decimalValue } from '../jinja/python/decimal-value.ts'
import { float, normInt, PyDict, type Value } from '../jinja/python/values.ts'
import { DataTypeValue, TableValue } from './table-value.ts'

const nested = (cell: Cell): Value => {
  if (Array.isArray(cell)) return cell.map(item => nested(item as Cell))
  if (typeof cell === 'object' && cell !== null && 'struct' in cell) {
    return new PyDict([...cell.struct].map(([key, value]) => [key, nested(value)]))
  }
  return cellValue(cell)
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

/** A database value as Python has it; lists and structs become JSON text, as agate keeps them. */
export const cellValue = (cell: Cell): Value => {
  switch (typeof cell) {
    case 'string':
    case 'boolean':
    case 'number':
      return cell
    case 'bigint':
      return normInt(cell)
  }
  if (cell === null) return null
  if (cell instanceof Uint8Array) return hex(cell)
  if (Array.isArray(cell)) return dumps(nested(cell as Cell))
  if ('struct' in cell) return dumps(nested(cell))
  if ('decimal' in cell) return decimalValue(cell.decimal)
  // agate has decimals only: a float's shortest text is taken for one.
  if ('float' in cell)
    return Number.isFinite(cell.float) ? decimalValue(String(cell.float)) : float(cell.float)
  if ('temporal' in cell) {
    return cell.temporal === 'time' || cell.temporal === 'interval'
      ? cell.text
      : parseIsoTemporal(cell.temporal === 'date' ? 'date' : 'datetime', cell.text)
  }
  return fromJson(null)
}

const typeOf = (cells: readonly Cell[]): string => {
  const kinds = new Set(
    cells
      .filter(cell => cell !== null)
      .map(cell => {
        if (typeof cell === 'number' || typeof cell === 'bigint') return 'Integer'
        if (typeof cell === 'boolean') return 'Boolean'
        if (typeof cell === 'object' && ('decimal' in cell || 'float' in cell)) return 'Number'
        if (typeof cell === 'object' && 'temporal' in cell) {
          return cell.temporal === 'date'
            ? 'Date'
            : cell.temporal.startsWith('timestamp')
              ? 'DateTime'
              : 'Text'
        }
        return 'Text'
      }),
  )
  if (kinds.size === 0) return 'Integer'
  if (kinds.size === 1) return [...kinds][0]!
  return kinds.size === 2 && kinds.has('Integer') && kinds.has('Number') ? 'Number' : 'Text'
}

/** The table that templates get for a query's answer. `print` is where `print_table` writes. */
export const tableFromResult = (
  result: QueryResult,
  print?: (text: string) => void,
): TableValue => {
  const types = result.columns.map(
    (_, i) => new DataTypeValue(typeOf(result.rows.map(row => row[i] ?? null))),
  )
  const table = new TableValue(
    result.columns.map(column => column.name),
    result.rows.map(row => row.map(cellValue)),
    types,
  )
  table.print = print
  return table
}
