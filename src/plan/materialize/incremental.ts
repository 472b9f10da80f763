import { RuntimeError } from '../../core/errors.ts'
import type { Json } from '../../core/json.ts'
import type { Relation, RelationState } from '../../core/relation.ts'
import type { Step } from '../../core/step.ts'
import { assertContract } from './contract.ts'
import type {
  Build,
  Materialization,
  MaterializeInput,
  Publish,
  Staged,
} from './materialization.ts'
import { schemaChange } from './schema-change.ts'
import { buildTable, publishTable } from './table.ts'
import { dropTemporary, temporaryRelation } from './temporary.ts'

/**
 * A table that later runs add to: new rows are staged, then brought in by the strategy within the
 * same transaction. The first run makes the table, a full refresh swaps in a new one.
 */
export const incremental: Materialization = {
  type: 'table',
  async build(input, existing) {
    await assertContract(input)
    if (existing === undefined) return firstBuild(input)
    if (input.fullRefresh || existing.type === 'view') return buildTable(input, existing)
    return stageRows(input)
  },
  async publish(input, existing, staged) {
    if (existing === undefined) return { steps: [], cleanup: [], created: true }
    if (input.fullRefresh || existing.type === 'view')
      return publishTable(input, existing, staged?.relation)
    return bringIn(input, existing, staged)
  },
}

/** Nothing is there to be replaced, so the table is made under its own name. */
const firstBuild = async (input: MaterializeInput): Promise<Build> => {
  const { relation, sql, model } = input
  const text = await input.source.sql({
    macro: 'create_table_as',
    temporary: false,
    relation,
    sql,
    model,
  })
  return { steps: [{ kind: 'sql', sql: text, main: true }], staged: undefined }
}

const stageRows = async (input: MaterializeInput): Promise<Build> => {
  const staged = temporaryRelation(input)
  const { sql, model } = input
  const text = await input.source.sql({
    macro: 'create_table_as',
    temporary: input.dialect.supports.temporaryTables,
    relation: staged,
    sql,
    model,
  })
  return { steps: [{ kind: 'sql', sql: text }], staged }
}

const bringIn = async (
  input: MaterializeInput,
  existing: RelationState,
  staged: Staged | undefined,
): Promise<Publish> => {
  const target: Relation = input.relation
  const temp = staged?.relation ?? temporaryRelation(input)
  const change = await schemaChange(input, existing, (await staged?.columns()) ?? [])
  const columns = change?.columns ?? (await input.facts.columns(existing))
  const { config } = input.model
  const sql = await input.source.sql({
    macro: strategyMacro(input),
    target,
    temp,
    uniqueKey: uniqueKey(config.unique_key ?? null),
    columns,
    predicates: config.predicates ?? config.incremental_predicates ?? null,
    model: input.model,
    projectName: input.projectName,
  })
  const main: Step = { kind: 'sql', sql, main: true }
  return { steps: [...(change?.steps ?? []), main], cleanup: dropTemporary(temp), created: false }
}

/** dbt's own strategies; any other name belongs to a macro of the project. */
const BUILT_IN = ['append', 'delete+insert', 'merge', 'insert_overwrite', 'microbatch']

const strategyMacro = (input: MaterializeInput): `get_incremental_${string}_sql` => {
  const given = input.model.config.incremental_strategy
  const strategy = typeof given === 'string' && given !== '' ? given : 'default'
  if (BUILT_IN.includes(strategy) && !input.dialect.incrementalStrategies.includes(strategy))
    throw new RuntimeError(`The incremental strategy '${strategy}' is not valid for this adapter`, {
      code: 'incremental-strategy',
      hint: `this adapter has ${input.dialect.incrementalStrategies.join(', ')}`,
    })
  return `get_incremental_${strategy.replaceAll('+', '_')}_sql`
}

const uniqueKey = (value: Json): string | readonly string[] | null => {
  if (Array.isArray(value)) return value.length === 0 ? null : value.map(String)
  return typeof value === 'string' && value !== '' ? value : null
}
