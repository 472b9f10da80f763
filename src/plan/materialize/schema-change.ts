import type { Column } from '../../core/column.ts'
import { CompilationError } from '../../core/errors.ts'
import type { RelationState } from '../../core/relation.ts'
import type { Step } from '../../core/step.ts'
import type { MaterializeInput } from './materialization.ts'

export interface SchemaChange {
  /** Alterations of the target. */
  readonly steps: readonly Step[]
  /** The columns that are brought in. */
  readonly columns: readonly Column[]
}

/**
 * `on_schema_change`: compares the staged columns with the target's. Undefined under `ignore` (also
 * for unknown values, as in dbt), when only columns that both have count.
 * @throws CompilationError under `fail` when they differ
 */
export const schemaChange = async (
  input: MaterializeInput,
  existing: RelationState,
  staged: readonly Column[],
): Promise<SchemaChange | undefined> => {
  const mode = input.model.config.on_schema_change
  if (mode !== 'append_new_columns' && mode !== 'sync_all_columns' && mode !== 'fail')
    return undefined
  const target = await input.facts.columns(existing)
  const added = missingFrom(staged, target)
  const removed = missingFrom(target, staged)
  const retyped = staged.flatMap(column => {
    const old = target.find(other => other.name === column.name)
    return old === undefined || sameType(input, column, old) ? [] : [column]
  })
  if (added.length + removed.length + retyped.length === 0) return { steps: [], columns: staged }
  if (mode === 'fail') throw outOfSync(added, removed, retyped)
  const { dialect, relation } = input
  const alterations = [
    ...added.map(column => dialect.addColumn(relation, column)),
    ...(mode === 'sync_all_columns'
      ? [
          ...removed.map(column => dialect.dropColumn(relation, column.name)),
          ...retyped.map(column => dialect.alterColumnType(relation, column.name, column.type)),
        ]
      : []),
  ]
  return { steps: alterations.map(sql => ({ kind: 'sql' as const, sql })), columns: staged }
}

const missingFrom = (columns: readonly Column[], others: readonly Column[]): readonly Column[] => {
  const names = new Set(others.map(({ name }) => name))
  return columns.filter(({ name }) => !names.has(name))
}

const sameType = (input: MaterializeInput, a: Column, b: Column): boolean =>
  input.dialect.columnDataType(a.type) === input.dialect.columnDataType(b.type)

const outOfSync = (
  added: readonly Column[],
  removed: readonly Column[],
  retyped: readonly Column[],
): CompilationError => {
  const list = (columns: readonly Column[]): string =>
    `[${columns.map(({ name, type }) => `${name} ${type}`).join(', ')}]`
  return new CompilationError(
    `The source and target schemas on this incremental model are out of sync!
They can be reconciled in several ways:
  - set the \`on_schema_change\` config to either append_new_columns or sync_all_columns, depending on your situation.
  - Re-run the incremental model with \`full_refresh: True\` to update the target schema.
  - update the schema manually and re-run the process.

Additional troubleshooting context:
   Source columns not in target: ${list(added)}
   Target columns not in source: ${list(removed)}
   New column types: ${list(retyped)}`,
    { code: 'schema-change' },
  )
}
