import { CompilationError, ValidationError } from '../../core/errors.ts'
import type { Json, JsonObject } from '../../core/json.ts'
import type { RelationState } from '../../core/relation.ts'
import type { SnapshotColumns, SnapshotStrategy } from '../../core/sql-request.ts'
import type { MaterializeInput } from './materialization.ts'

/** The snapshot's own column names, after `snapshot_meta_column_names`. */
export const snapshotColumns = (config: JsonObject): SnapshotColumns => {
  const names = mapping(config.snapshot_meta_column_names)
  const name = (key: keyof SnapshotColumns): string => {
    const given = names[key]
    return typeof given === 'string' && given !== '' ? given : key
  }
  return {
    dbt_valid_to: name('dbt_valid_to'),
    dbt_valid_from: name('dbt_valid_from'),
    dbt_scd_id: name('dbt_scd_id'),
    dbt_updated_at: name('dbt_updated_at'),
    dbt_is_deleted: name('dbt_is_deleted'),
  }
}

/**
 * What counts as a change. A project's own `snapshot_NAME_strategy` macro goes first.
 * @throws CompilationError for an unknown strategy or unusable `check_cols`
 */
export const snapshotStrategy = async (
  input: MaterializeInput,
  existing: RelationState | undefined,
): Promise<SnapshotStrategy> => {
  const name = String(input.model.config.strategy ?? '')
  const own = await input.source.snapshotStrategy(name, existing !== undefined)
  if (own !== undefined) return own
  switch (name) {
    case 'timestamp':
      return timestampStrategy(input)
    case 'check':
      return checkStrategy(input, existing)
    default:
      throw new CompilationError(
        `The specified strategy macro '${name}' was not found in package 'None'`,
        { code: 'snapshot-strategy', hint: 'strategy is timestamp or check' },
      )
  }
}

const timestampStrategy = async (input: MaterializeInput): Promise<SnapshotStrategy> => {
  const { config } = input.model
  const updatedAt = String(config.updated_at ?? '')
  // Compared with the snapshot's own column: the query's may have been absent when it was first taken.
  const { dbt_valid_from } = snapshotColumns(config)
  const rowChanged = `(snapshotted_data.${dbt_valid_from} < source_data.${updatedAt})`
  return complete(input, updatedAt, rowChanged)
}

const checkStrategy = async (
  input: MaterializeInput,
  existing: RelationState | undefined,
): Promise<SnapshotStrategy> => {
  const { config } = input.model
  const updatedAt =
    typeof config.updated_at === 'string' && config.updated_at !== ''
      ? config.updated_at
      : await input.source.sql({ macro: 'snapshot_get_time' })
  const rowChanged =
    existing === undefined ? 'TRUE' : await anyChanged(input, existing, config.check_cols ?? null)
  return complete(input, updatedAt, `(${rowChanged})`)
}

const complete = async (
  input: MaterializeInput,
  updatedAt: string,
  rowChanged: string,
): Promise<SnapshotStrategy> => {
  const { config } = input.model
  const uniqueKey = Array.isArray(config.unique_key)
    ? config.unique_key.map(String)
    : String(config.unique_key ?? '')
  const args = [...(typeof uniqueKey === 'string' ? [uniqueKey] : uniqueKey), updatedAt]
  const scdId = await input.source.sql({ macro: 'snapshot_hash_arguments', args })
  return { uniqueKey, updatedAt, rowChanged, scdId, hardDeletes: hardDeletes(config) }
}

const anyChanged = async (
  input: MaterializeInput,
  existing: RelationState,
  checked: Json,
): Promise<string> => {
  const names = await checkedColumns(input, checked)
  const stored = new Set((await input.facts.columns(existing)).map(({ name }) => name))
  // A column that the snapshot has not seen yet is a change of every row.
  if (names.some(name => !stored.has(name))) return 'TRUE'
  return names
    .map(name => {
      const column = input.dialect.quoteIdentifier(name)
      const old = `snapshotted_data.${column}`
      const now = `source_data.${column}`
      return `${old} != ${now}
        or
        (
            ((${old} is null) and not (${now} is null))
            or
            ((not ${old} is null) and (${now} is null))
        )`
    })
    .join(' or ')
}

const checkedColumns = async (
  input: MaterializeInput,
  checked: Json,
): Promise<readonly string[]> => {
  const query =
    checked === 'all'
      ? input.sql
      : Array.isArray(checked) && checked.length > 0
        ? `select ${checked.join(', ')} from (\n${input.sql}\n) subq`
        : undefined
  if (query === undefined)
    throw new CompilationError(`Invalid value for 'check_cols': ${JSON.stringify(checked)}`, {
      code: 'snapshot-strategy',
      hint: "check_cols is 'all' or a list of column names",
    })
  return (await input.facts.describe(query)).map(({ name }) => name)
}

const hardDeletes = (config: JsonObject): SnapshotStrategy['hardDeletes'] => {
  const invalidate = config.invalidate_hard_deletes ?? null
  const behaviour = config.hard_deletes ?? null
  if (invalidate !== null && behaviour !== null)
    throw new ValidationError(
      'You cannot set both the invalidate_hard_deletes and hard_deletes config properties on the same snapshot.',
    )
  if (invalidate === true || behaviour === 'invalidate') return 'invalidate'
  if (behaviour === 'new_record') return 'new_record'
  if (behaviour === null || behaviour === 'ignore') return 'ignore'
  throw new ValidationError('Invalid setting for property hard_deletes.', {
    hint: 'hard_deletes is ignore, invalidate or new_record',
  })
}

const mapping = (value: Json | undefined): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {}
