import type { ModelNode, TestNode } from '../core/manifest.ts'

const columnsOf = (test: TestNode): readonly string[] => {
  const kwargs = test.test_metadata?.kwargs ?? {}
  const { column_name: column, combination_of_columns: combination } = kwargs
  if (typeof column === 'string') return [column]
  return Array.isArray(combination) ? combination.map(String) : []
}

/**
 * The columns that identify a model's rows: of its primary key constraint, else those whose tests
 * say that they are unique (and not null, where some are both).
 */
export const primaryKey = (model: ModelNode, tests: readonly TestNode[]): readonly string[] => {
  if (model.primary_key.length > 0) return model.primary_key
  const unique = { enabled: new Set<string>(), disabled: new Set<string>() }
  const notNull = new Set<string>()
  for (const test of tests) {
    const name = test.test_metadata?.name
    for (const column of columnsOf(test)) {
      if (name === 'unique' || name === 'unique_combination_of_columns') {
        unique[test.config.enabled ? 'enabled' : 'disabled'].add(column)
      } else if (name === 'not_null') notNull.add(column)
    }
  }
  const both = (columns: ReadonlySet<string>) => [...columns].filter(column => notNull.has(column))
  const candidates = [
    both(unique.enabled),
    both(unique.disabled),
    [...unique.enabled],
    [...unique.disabled],
  ]
  return candidates.find(columns => columns.length > 0) ?? []
}
