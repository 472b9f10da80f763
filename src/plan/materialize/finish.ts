import type { JsonObject } from '../../core/json.ts'
import type { RelationState } from '../../core/relation.ts'
import type { TableColumn } from '../../core/sql-request.ts'
import type { Step } from '../../core/step.ts'
import type { MaterializeInput } from './materialization.ts'

/** One step an index of the node's `indexes` config. They come after the swap: DuckDB renames no table that has one. */
export const indexSteps = async (input: MaterializeInput): Promise<readonly Step[]> => {
  const indexes = input.model.config.indexes
  if (!Array.isArray(indexes)) return []
  return Promise.all(
    indexes.map(async index => ({
      kind: 'sql' as const,
      sql: await input.source.sql({
        macro: 'get_create_index_sql',
        relation: input.relation,
        index,
        now: input.now,
      }),
    })),
  )
}

/**
 * `persist_docs`: descriptions become comments of the relation and of its columns. Columns that
 * are described but not there are warned of in dbt's words.
 */
export const commentSteps = async (
  input: MaterializeInput,
  type: 'table' | 'view',
): Promise<readonly Step[]> => {
  const persist = (input.model.config.persist_docs ?? {}) as JsonObject
  const relation: RelationState = { ...input.relation, type }
  const steps: Step[] = []
  if (persist.relation === true && input.description !== '') {
    const comment = input.description
    steps.push(sql(await input.source.sql({ macro: 'alter_relation_comment', relation, comment })))
  }
  if (persist.columns === true && input.model.columns.length > 0) {
    const names = (await input.facts.columns(input.relation)).map(column => column.name)
    const lower = new Set(names.map(name => name.toLowerCase()))
    const present = (column: TableColumn): boolean =>
      column.quote ? names.includes(column.name) : lower.has(column.name.toLowerCase())
    const missing = input.model.columns.filter(column => !present(column)).map(c => c.name)
    if (missing.length > 0) steps.push(missingColumns(input, missing))
    const columns = input.model.columns.filter(present)
    const text = await input.source.sql({ macro: 'alter_column_comment', relation, columns })
    if (text.trim() !== '') steps.push(sql(text))
  }
  return steps
}

const sql = (text: string): Step => ({ kind: 'sql', sql: text })

const missingColumns = (input: MaterializeInput, missing: readonly string[]): Step => ({
  kind: 'warn',
  message:
    `In relation ${input.dialect.render(input.relation)}: The following columns are specified ` +
    `in the schema but are not present in the database: ${missing.join(', ')}`,
  once: false,
})
