/** How a cell is set: numbers to the right, all else to the left. */
export type Alignment = 'left' | 'right'

const clipped = (text: string, width: number): string =>
  text.length > width ? `${text.slice(0, width - 3)}...` : text

/**
 * A table of text with a rule under its head, as dbt prints it:
 * `| id | name |`, `| -- | ---- |`. Lines end with a line break.
 * @param maxWidth longer cells are cut and end in `...`
 */
export const textTable = (
  head: readonly string[],
  rows: readonly (readonly string[])[],
  alignment: readonly Alignment[] = [],
  maxWidth = 50,
): string => {
  const cells = rows.map(row => row.map(cell => clipped(cell, maxWidth)))
  const widths = head.map((name, i) =>
    cells.reduce((widest, row) => Math.max(widest, row[i]?.length ?? 0), name.length),
  )
  const pad = (text: string, i: number): string =>
    alignment[i] === 'right' ? text.padStart(widths[i]!) : text.padEnd(widths[i]!)
  const line = (parts: readonly string[]): string => `| ${parts.map(pad).join(' | ')} |\n`
  return line(head) + line(widths.map(width => '-'.repeat(width))) + cells.map(line).join('')
}
