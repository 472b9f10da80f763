import type { Cell, QueryResult } from '../core/query-result.ts'
import { textTable } from '../core/text-table.ts'

/** A cell as text: what dbt's tables show; null is empty. */
const cellText = (cell: Cell): string => {
  if (cell === null) return ''
  if (typeof cell === 'boolean') return cell ? 'True' : 'False'
  if (typeof cell !== 'object') return String(cell)
  if (cell instanceof Uint8Array) return `\\x${Buffer.from(cell).toString('hex')}`
  if ('decimal' in cell) return cell.decimal
  if ('temporal' in cell) return cell.text
  if ('float' in cell) return String(cell.float)
  if ('struct' in cell)
    return `{${[...cell.struct].map(([name, value]) => `${name}: ${cellText(value)}`).join(', ')}}`
  return `[${(cell as readonly Cell[]).map(cellText).join(', ')}]`
}

const isNumber = (cell: Cell): boolean =>
  typeof cell === 'number' ||
  typeof cell === 'bigint' ||
  (typeof cell === 'object' &&
    cell !== null &&
    !(cell instanceof Uint8Array) &&
    ('decimal' in cell || 'float' in cell || 'temporal' in cell))

/**
 * A query's rows as text: `| id | v |`, a rule, the rows; numbers and times stand right, as in
 * dbt's tables. Ends without a line break.
 */
export const resultTable = (result: QueryResult): string => {
  const alignment = result.columns.map((_, i) => {
    const present = result.rows.map(row => row[i] ?? null).filter(cell => cell !== null)
    return present.length > 0 && present.every(isNumber) ? ('right' as const) : ('left' as const)
  })
  return textTable(
    result.columns.map(column => column.name),
    result.rows.map(row => row.map(cell => cellText(cell).replaceAll('\n', ' '))),
    alignment,
  ).trimEnd()
}
