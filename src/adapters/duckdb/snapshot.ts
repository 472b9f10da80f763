import type { SnapshotColumns, SnapshotStrategy, SqlRequest } from '../../core/sql-request.ts'
import { quote, render } from './names.ts'

/** The first run of a snapshot: every row is current. */
export const snapshotTable = ({
  strategy,
  sql,
  columns,
  validToCurrent,
}: SqlRequest & { macro: 'build_snapshot_table' }): string => {
  const deleted =
    strategy.hardDeletes === 'new_record' ? `,\n    'False' as ${columns.dbt_is_deleted}` : ''
  return `select *,
    ${strategy.scdId} as ${columns.dbt_scd_id},
    ${strategy.updatedAt} as ${columns.dbt_updated_at},
    ${strategy.updatedAt} as ${columns.dbt_valid_from},
    ${validTo(strategy, columns, validToCurrent)}${deleted}
  from (
${sql}
  ) sbq`
}

/**
 * What has to change: rows with `dbt_change_type` insert, update (close the old version) and
 * delete (close without a successor).
 */
export const snapshotStaging = (
  request: SqlRequest & { macro: 'snapshot_staging_table' },
): string => {
  const { strategy, columns, validToCurrent } = request
  const key = keyColumns(strategy.uniqueKey)
  const keyFields = key.map(([expression, name]) => `${expression} as ${name}`).join(', ')
  const updatedAt = strategy.updatedAt
  const current =
    validToCurrent === null
      ? `${columns.dbt_valid_to} is null`
      : `( (${columns.dbt_valid_to} = ${validToCurrent}) or ${columns.dbt_valid_to} is null )`
  const deletes = strategy.hardDeletes !== 'ignore'
  const ctes = [
    `snapshot_query as (\n${request.sql}\n  )`,
    `snapshotted_data as (
    select *, ${keyFields}
    from ${render(request.target)}
    where ${current}
  )`,
    `insertions_source_data as (
    select *, ${keyFields},
      ${updatedAt} as ${columns.dbt_updated_at},
      ${updatedAt} as ${columns.dbt_valid_from},
      ${validTo(strategy, columns, validToCurrent)},
      ${strategy.scdId} as ${columns.dbt_scd_id}
    from snapshot_query
  )`,
    `updates_source_data as (
    select *, ${keyFields},
      ${updatedAt} as ${columns.dbt_updated_at},
      ${updatedAt} as ${columns.dbt_valid_from},
      ${updatedAt} as ${columns.dbt_valid_to}
    from snapshot_query
  )`,
    ...(deletes
      ? [`deletes_source_data as (\n    select *, ${keyFields}\n    from snapshot_query\n  )`]
      : []),
    insertions(request),
    updates(request),
    ...(deletes ? [deletions(request)] : []),
    ...(strategy.hardDeletes === 'new_record' ? [deletionRecords(request)] : []),
  ]
  const parts = [
    'insertions',
    'updates',
    ...(deletes ? ['deletes'] : []),
    ...(strategy.hardDeletes === 'new_record' ? ['deletion_records'] : []),
  ]
  return `with ${ctes.join(',\n  ')}
  ${parts.map(part => `select * from ${part}`).join('\n  union all\n  ')}`
}

type Staging = SqlRequest & { macro: 'snapshot_staging_table' }

const insertions = ({ strategy, columns }: Staging): string => {
  const newRecord = strategy.hardDeletes === 'new_record'
  const first = firstKey(strategy.uniqueKey)
  const revived = newRecord ? ` or snapshotted_data.${columns.dbt_is_deleted} = 'True'` : ''
  return `insertions as (
    select
      'insert' as dbt_change_type,
      source_data.*${newRecord ? `,\n      'False' as ${columns.dbt_is_deleted}` : ''}
    from insertions_source_data as source_data
    left outer join snapshotted_data
      on ${sameKey(strategy.uniqueKey)}
    where snapshotted_data.${first} is null
      or (snapshotted_data.${first} is not null and (${strategy.rowChanged}${revived}))
  )`
}

const updates = ({ strategy, columns }: Staging): string => {
  const newRecord = strategy.hardDeletes === 'new_record'
  const revived = newRecord ? ` or snapshotted_data.${columns.dbt_is_deleted} = 'True'` : ''
  return `updates as (
    select
      'update' as dbt_change_type,
      source_data.*,
      snapshotted_data.${columns.dbt_scd_id}${newRecord ? `,\n      snapshotted_data.${columns.dbt_is_deleted}` : ''}
    from updates_source_data as source_data
    join snapshotted_data
      on ${sameKey(strategy.uniqueKey)}
    where (${strategy.rowChanged}${revived})
  )`
}

const deletions = (request: Staging): string => {
  const { strategy, columns, now } = request
  const newRecord = strategy.hardDeletes === 'new_record'
  return `deletes as (
    select
      'delete' as dbt_change_type,
      source_data.*,
      ${now} as ${columns.dbt_valid_from},
      ${now} as ${columns.dbt_updated_at},
      ${now} as ${columns.dbt_valid_to},
      snapshotted_data.${columns.dbt_scd_id}${newRecord ? `,\n      snapshotted_data.${columns.dbt_is_deleted}` : ''}
    from snapshotted_data
    left join deletes_source_data as source_data
      on ${sameKey(strategy.uniqueKey)}
    where source_data.${firstKey(strategy.uniqueKey)} is null${newRecord ? notYetMarked(request) : ''}
  )`
}

/** hard_deletes = new_record: a row that says "deleted from now on". */
const deletionRecords = (request: Staging): string => {
  const { strategy, columns, now } = request
  const target = new Set(request.targetColumns)
  const own = request.sourceColumns.map(name =>
    target.has(name) ? `snapshotted_data.${quote(name)}` : `source_data.${quote(name)}`,
  )
  const keys = keyColumns(strategy.uniqueKey).map(([expression, name]) =>
    typeof strategy.uniqueKey === 'string'
      ? `snapshotted_data.${name} as ${name}`
      : `snapshotted_data.${expression} as ${name}`,
  )
  const fields = [
    "'insert' as dbt_change_type",
    ...own,
    ...keys,
    `${now} as ${columns.dbt_valid_from}`,
    `${now} as ${columns.dbt_updated_at}`,
    `snapshotted_data.${columns.dbt_valid_to} as ${columns.dbt_valid_to}`,
    `${request.deletedScdId} as ${columns.dbt_scd_id}`,
    `'True' as ${columns.dbt_is_deleted}`,
  ]
  return `deletion_records as (
    select
      ${fields.join(',\n      ')}
    from snapshotted_data
    left join deletes_source_data as source_data
      on ${sameKey(strategy.uniqueKey)}
    where source_data.${firstKey(strategy.uniqueKey)} is null${notYetMarked(request)}
  )`
}

/** A record that already says "deleted" is neither closed nor repeated. */
const notYetMarked = ({ columns, validToCurrent }: Staging): string => {
  const open =
    validToCurrent === null
      ? `snapshotted_data.${columns.dbt_valid_to} is null`
      : `snapshotted_data.${columns.dbt_valid_to} = ${validToCurrent}`
  return `
      and not (snapshotted_data.${columns.dbt_is_deleted} = 'True' and ${open})`
}

/** Closes versions, then inserts new ones. */
export const snapshotMerge = ({
  target,
  source,
  insertColumns,
  columns,
  validToCurrent,
}: SqlRequest & { macro: 'snapshot_merge_sql' }): string => {
  const validTo = `DBT_INTERNAL_TARGET.${columns.dbt_valid_to}`
  const open =
    validToCurrent === null
      ? `${validTo} is null`
      : `(${validTo} = ${validToCurrent} or ${validTo} is null)`
  const scdId = columns.dbt_scd_id
  return `update ${render(target)} as DBT_INTERNAL_TARGET
  set ${columns.dbt_valid_to} = DBT_INTERNAL_SOURCE.${columns.dbt_valid_to}
  from ${render(source)} as DBT_INTERNAL_SOURCE
  where DBT_INTERNAL_SOURCE.${scdId}::text = DBT_INTERNAL_TARGET.${scdId}::text
    and DBT_INTERNAL_SOURCE.dbt_change_type::text in ('update'::text, 'delete'::text)
    and ${open};

insert into ${render(target)} (${insertColumns.join(', ')})
  select ${insertColumns.map(column => `DBT_INTERNAL_SOURCE.${column}`).join(', ')}
  from ${render(source)} as DBT_INTERNAL_SOURCE
  where DBT_INTERNAL_SOURCE.dbt_change_type::text = 'insert'::text;`
}

const validTo = (
  strategy: SnapshotStrategy,
  columns: SnapshotColumns,
  current: string | null,
): string =>
  `coalesce(nullif(${strategy.updatedAt}, ${strategy.updatedAt}), ${current ?? 'null'}) as ${columns.dbt_valid_to}`

/** Expression and name of each key column. */
const keyColumns = (key: SnapshotStrategy['uniqueKey']): readonly (readonly [string, string])[] =>
  typeof key === 'string'
    ? [[key, 'dbt_unique_key']]
    : key.map((expression, i) => [expression, `dbt_unique_key_${i + 1}`] as const)

const firstKey = (key: SnapshotStrategy['uniqueKey']): string => keyColumns(key)[0]?.[1] ?? ''

const sameKey = (key: SnapshotStrategy['uniqueKey']): string =>
  keyColumns(key)
    .map(([, name]) =>
      typeof key === 'string'
        ? `snapshotted_data.${name} = source_data.${name}`
        : `(snapshotted_data.${name} = source_data.${name})`,
    )
    .join(' and ')
