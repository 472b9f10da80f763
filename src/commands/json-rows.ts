import type { Cell, QueryResult } from '../core/query-result.ts'

/** Each row as JSON text with two spaces of indent. Decimals and big integers stay numbers, digit for digit. */
export const jsonRows = (result: QueryResult): readonly string[] =>
  result.rows.map(row => {
    const fields = result.columns.map(
      (column, i) => `  ${JSON.stringify(column.name)}: ${cellJson(row[i] ?? null)}`,
    )
    return fields.length === 0 ? '{}' : `{\n${fields.join(',\n')}\n}`
  })

const cellJson = (cell: Cell): string => {
  if (cell === null) return 'null'
  if (typeof cell === 'bigint') return String(cell)
  if (typeof cell !== 'object') return JSON.stringify(cell)
  if (cell instanceof Uint8Array) return JSON.stringify(Buffer.from(cell).toString('hex'))
  if ('decimal' in cell) return cell.decimal
  if ('temporal' in cell) return JSON.stringify(cell.text)
  if ('float' in cell) return floatJson(cell.float)
  if ('struct' in cell)
    return `{${[...cell.struct].map(([name, value]) => `${JSON.stringify(name)}: ${cellJson(value)}`).join(', ')}}`
  return `[${(cell as readonly Cell[]).map(cellJson).join(', ')}]`
}

const floatJson = (value: number): string => {
  if (!Number.isFinite(value)) return 'null'
  return Number.isInteger(value) && Math.abs(value) < 1e16 ? value.toFixed(1) : String(value)
}
