const irregular: Readonly<Record<string, string>> = { analysis: 'analyses' }

/** dbt's name of a resource type where people read it. */
const shown: Readonly<Record<string, string>> = {
  test: 'data test',
  unit_test: 'unit test',
  sql_operation: 'sql operation',
}

/** `1 model`, `2 data tests`, `3 table models`. */
export const plural = (count: number, what: string): string => {
  const name = (shown[what] ?? what).replaceAll('_', ' ')
  if (count === 1) return `1 ${name}`
  return `${count} ${irregular[name] ?? `${name}s`}`
}
