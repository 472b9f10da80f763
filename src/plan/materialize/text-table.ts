/** A table as agate prints it, which is what dbt's messages hold; cells are cut at 50 characters. */
export const textTable = (
  header: readonly string[],
  rows: readonly (readonly string[])[],
): string => {
  const cells = rows.map(row => row.map(cell => cut(cell)))
  const widths = header.map((name, i) =>
    Math.max(cut(name).length, ...cells.map(row => row[i]?.length ?? 0)),
  )
  const line = (row: readonly string[]): string =>
    `| ${widths.map((width, i) => (row[i] ?? '').padEnd(width)).join(' | ')} |`
  const rule = `| ${widths.map(width => '-'.repeat(width)).join(' | ')} |`
  return [line(header.map(cut)), rule, ...cells.map(line)].map(text => `${text}\n`).join('')
}

const cut = (text: string): string => (text.length > 50 ? `${text.slice(0, 47)}...` : text)
