import type { Column } from '../../core/column.ts'
import { CompilationError } from '../../core/errors.ts'
import type { RelationState } from '../../core/relation.ts'
import type { SnapshotColumns, SnapshotStrategy } from '../../core/sql-request.ts'
import type { Step } from '../../core/step.ts'
import type {
  Build,
  Materialization,
  MaterializeInput,
  Publish,
  Staged,
} from './materialization.ts'
import { snapshotColumns, snapshotStrategy } from './snapshot-strategy.ts'
import { dropTemporary, temporaryRelation } from './temporary.ts'

/**
 * The history of a query's rows (a slowly changing dimension of type 2): the first run stores them
 * all as current; later runs stage what has changed, close old versions and add new ones.
 */
export const snapshot: Materialization = {
  type: 'table',
  async build(input, existing) {
    if (existing !== undefined && existing.type !== 'table') throw wrongType(input, existing)
    const strategy = await snapshotStrategy(input, existing)
    return existing === undefined
      ? firstBuild(input, strategy)
      : stageChanges(input, existing, strategy)
  },
  async publish(input, existing, staged) {
    return existing === undefined || staged === undefined
      ? { steps: [], cleanup: [], created: true }
      : bringIn(input, existing, staged)
  },
}

const firstBuild = async (input: MaterializeInput, strategy: SnapshotStrategy): Promise<Build> => {
  const query = await input.source.sql({
    macro: 'build_snapshot_table',
    strategy,
    sql: input.sql,
    columns: snapshotColumns(input.model.config),
    validToCurrent: validToCurrent(input),
  })
  const { relation, model } = input
  const sql = await input.source.sql({
    macro: 'create_table_as',
    temporary: false,
    relation,
    sql: query,
    model,
  })
  return {
    steps: [...(await timeTypeWarning(input, query)), { kind: 'sql', sql, main: true }],
    staged: undefined,
  }
}

const stageChanges = async (
  input: MaterializeInput,
  existing: RelationState,
  strategy: SnapshotStrategy,
): Promise<Build> => {
  const columns = snapshotColumns(input.model.config)
  const stored = await input.facts.columns(existing)
  assertSnapshotTable(stored, columns, strategy)
  const marks = strategy.hardDeletes === 'new_record'
  const now = await input.source.sql({ macro: 'snapshot_get_time' })
  const scdArguments = [columns.dbt_scd_id, now]
  const query = await input.source.sql({
    macro: 'snapshot_staging_table',
    strategy,
    sql: input.sql,
    target: input.relation,
    columns,
    validToCurrent: validToCurrent(input),
    now,
    deletedScdId: marks
      ? await input.source.sql({ macro: 'snapshot_hash_arguments', args: scdArguments })
      : null,
    sourceColumns: marks ? namesOf(await input.facts.describe(input.sql)) : [],
    targetColumns: marks ? namesOf(stored) : [],
  })
  const staged = temporaryRelation(input)
  const sql = await input.source.sql({
    macro: 'create_table_as',
    temporary: input.dialect.supports.temporaryTables,
    relation: staged,
    sql: query,
    model: input.model,
  })
  return { steps: [...(await timeTypeWarning(input, query)), { kind: 'sql', sql }], staged }
}

const bringIn = async (
  input: MaterializeInput,
  existing: RelationState,
  staged: Staged,
): Promise<Publish> => {
  const own = (await staged.columns()).filter(
    ({ name }) => !/^dbt_(change_type|unique_key(_\d+)?)$/i.test(name),
  )
  const stored = new Set(namesOf(await input.facts.columns(existing)))
  const added = own.filter(({ name }) => !stored.has(name))
  const sql = await input.source.sql({
    macro: 'snapshot_merge_sql',
    target: input.relation,
    source: staged.relation,
    insertColumns: own.map(({ name }) => input.dialect.quoteIdentifier(name)),
    columns: snapshotColumns(input.model.config),
    validToCurrent: validToCurrent(input),
  })
  return {
    steps: [
      ...added.map(column => ({
        kind: 'sql' as const,
        sql: input.dialect.addColumn(input.relation, column),
      })),
      { kind: 'sql', sql, main: true },
    ],
    cleanup: dropTemporary(staged.relation),
    created: false,
  }
}

const validToCurrent = (input: MaterializeInput): string | null => {
  const value = input.model.config.dbt_valid_to_current
  return typeof value === 'string' && value !== '' ? value.trim() : null
}

const namesOf = (columns: readonly Column[]): readonly string[] => columns.map(({ name }) => name)

const assertSnapshotTable = (
  stored: readonly Column[],
  columns: SnapshotColumns,
  strategy: SnapshotStrategy,
): void => {
  const names = new Set(stored.map(({ name }) => name.toLowerCase()))
  const missing = [columns.dbt_scd_id, columns.dbt_valid_from, columns.dbt_valid_to].filter(
    name => !names.has(name.toLowerCase()),
  )
  const marker = columns.dbt_is_deleted
  // dbt reports the deletion marker only when nothing else is missing.
  if (
    missing.length === 0 &&
    strategy.hardDeletes === 'new_record' &&
    !names.has(marker.toLowerCase())
  )
    missing.push(marker)
  if (missing.length === 0) return
  throw new CompilationError(
    `Snapshot target is missing configured columns (missing "${missing.join('", "')}"). ` +
      'See https://docs.getdbt.com/docs/build/snapshots#snapshot-meta-fields for more information.',
    { code: 'snapshot-target' },
  )
}

const wrongType = (input: MaterializeInput, existing: RelationState): CompilationError => {
  const name = input.dialect.render(input.relation)
  return new CompilationError(
    `Trying to create table ${name}, but it currently exists as a ${existing.type}. Either drop ` +
      `${name} manually, or run dbt with \`--full-refresh\` and dbt will drop it for you.`,
    { code: 'relation-type' },
  )
}

/** An `updated_at` of another type than the snapshot's clock makes comparisons that surprise. */
const timeTypeWarning = async (
  input: MaterializeInput,
  query: string,
): Promise<readonly Step[]> => {
  const { dbt_updated_at } = snapshotColumns(input.model.config)
  const own = (await input.facts.describe(query)).find(({ name }) => name === dbt_updated_at)?.type
  const now = await input.source.sql({ macro: 'snapshot_get_time' })
  const [clock] = await input.facts.describe(`select ${now} as dbt_snapshot_time`)
  if (own === undefined || clock === undefined || own === clock.type) return []
  return [
    {
      kind: 'warn',
      message:
        `Data type of snapshot table timestamp columns (${clock.type}) doesn't match derived ` +
        `column 'updated_at' (${own}). Please update snapshot config 'updated_at'.`,
      once: false,
    },
  ]
}
