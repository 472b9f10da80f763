import type { Cell, QueryResult } from '../../core/query-result.ts'

/** The rows that a unit test compared, as text, and their difference for the reader. */
export interface UnitTestDiff {
  readonly actual: readonly (readonly string[])[]
  readonly expected: readonly (readonly string[])[]
  /** Begins with a line break, as dbt's message does. */
  readonly rendered: string
}

type Row = readonly string[]

/**
 * Compares the actual with the expected rows, in any order; the last column tells which is which.
 * @returns undefined when they are the same
 */
export const unitTestDiff = (result: QueryResult): UnitTestDiff | undefined => {
  const names = result.columns.slice(0, -1).map(({ name }) => name.toLowerCase())
  const of = (side: string): readonly Row[] =>
    result.rows
      .filter(row => row.at(-1) === side)
      .map(row => row.slice(0, -1).map(cellText))
      .toSorted(compareRows)
  const actual = of('actual')
  const expected = of('expected')
  const lines = diffLines(expected, actual)
  if (lines.every(({ mark }) => mark === '')) return undefined
  const rendered = `\n\nactual differs from expected:\n\n${render(names, lines)}\n`
  return { actual, expected, rendered }
}

interface Line {
  readonly mark: '' | '+++' | '---' | '→'
  readonly cells: Row
}

/**
 * Equal rows first find each other; a remaining expected row is paired with the remaining actual
 * row that shares most cells with it, and what is left was added or is missing.
 */
const diffLines = (expected: readonly Row[], actual: readonly Row[]): readonly Line[] => {
  const open = [...actual]
  const take = (index: number): Row => open.splice(index, 1)[0] ?? []
  const same = expected.map(row => {
    const index = open.findIndex(other => compareRows(row, other) === 0)
    return index === -1 ? undefined : take(index)
  })
  const lines = expected.map((row, i): Line => {
    if (same[i] !== undefined) return { mark: '', cells: row }
    const index = mostAlike(row, open)
    if (index === -1) return { mark: '---', cells: row }
    const now = take(index)
    const cells = row.map((cell, j) => (cell === now[j] ? cell : `${cell}→${now[j] ?? ''}`))
    return { mark: '→', cells }
  })
  return [...lines, ...open.map((cells): Line => ({ mark: '+++', cells }))]
}

const mostAlike = (row: Row, others: readonly Row[]): number => {
  const alike = others.map(other => other.filter((cell, i) => cell === row[i]).length)
  const most = Math.max(0, ...alike)
  return most === 0 ? -1 : alike.indexOf(most)
}

/** daff's layout: a column of marks, cells padded to their column's width. */
const render = (names: Row, lines: readonly Line[]): string => {
  const table = [['@@', ...names], ...lines.map(({ mark, cells }) => [mark, ...cells])]
  const widths = table[0]?.map((_, i) => Math.max(...table.map(row => row[i]?.length ?? 0))) ?? []
  return table
    .map(row => row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(','))
    .map(line => `${line.trimEnd()}\n`)
    .join('')
}

const compareRows = (a: Row, b: Row): number => {
  for (let i = 0; i < a.length; i++) {
    const [x = '', y = ''] = [a[i], b[i]]
    if (x !== y) return x < y ? -1 : 1
  }
  return 0
}

const cellText = (cell: Cell): string => {
  if (cell === null) return 'NULL'
  if (cell === 'NULL') return "'NULL'"
  if (typeof cell === 'boolean') return cell ? 'True' : 'False'
  if (typeof cell !== 'object') return String(cell)
  if (cell instanceof Uint8Array) return Buffer.from(cell).toString('hex')
  if (Array.isArray(cell)) return `[${cell.map(cellText).join(', ')}]`
  if ('decimal' in cell) return cell.decimal
  if ('temporal' in cell) return cell.text
  if ('float' in cell) return Number.isInteger(cell.float) ? `${cell.float}.0` : String(cell.float)
  if ('struct' in cell)
    return `{${[...cell.struct].map(([key, value]) => `${key}: ${cellText(value)}`).join(', ')}}`
  return ''
}
