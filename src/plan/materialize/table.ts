import type { RelationState } from '../../core/relation.ts'
import { assertContract } from './contract.ts'
import { hasForeignKey } from './keys.ts'
import type { Build, Materialization, MaterializeInput, Publish } from './materialization.ts'

/**
 * A query's rows, built aside and swapped in: a reader sees the old table or the new one, and a
 * failed build leaves the old one. A table with foreign keys cannot be renamed on DuckDB, so it is
 * dropped and made anew within the transaction, which readers and failures take the same way.
 */
export const table: Materialization = {
  type: 'table',
  async build(input, existing) {
    await assertContract(input)
    return buildTable(input, existing)
  },
  async publish(input, existing, staged) {
    return publishTable(input, existing, staged?.relation)
  },
}

/** The steps that make a table aside (or in place), shared with a full refresh of an incremental. */
export const buildTable = async (
  input: MaterializeInput,
  existing: RelationState | undefined,
): Promise<Build> => {
  const inPlace = hasForeignKey(input.model, existing)
  const staged = { ...input.relation, identifier: `${input.relation.identifier}__dbt_tmp` }
  const sql = await input.source.sql({
    macro: 'create_table_as',
    temporary: false,
    relation: inPlace ? input.relation : staged,
    sql: input.sql,
    model: input.model,
  })
  const make = { kind: 'sql', sql, main: true } as const
  if (!inPlace) return { steps: [make], staged }
  const replace =
    existing === undefined
      ? []
      : [{ kind: 'drop' as const, relation: existing, rebuilt: input.rebuilt }]
  return { steps: [...replace, make], staged: undefined }
}

/** Swaps what `buildTable` staged. */
export const publishTable = (
  input: MaterializeInput,
  existing: RelationState | undefined,
  staged: MaterializeInput['relation'] | undefined,
): Publish => ({
  steps:
    staged === undefined
      ? []
      : [
          {
            kind: 'swap',
            staged,
            live: input.relation,
            type: 'table',
            replaces: existing,
            rebuilt: input.rebuilt,
          },
        ],
  cleanup: [],
  created: true,
})
