import { CompilationError } from '../../core/errors.ts'
import type { QueryResult } from '../../core/query-result.ts'
import { type Relation, type RelationState, relationKey } from '../../core/relation.ts'
import type { Step } from '../../core/step.ts'
import { literal, quote, render } from './names.ts'

interface Connection {
  query(sql: string): Promise<QueryResult>
}

/**
 * Puts the staged relation in the place of the live one, within the caller's transaction. DuckDB
 * renames no table that has an index and drops none that a foreign key refers to: what is replaced
 * goes with its indexes, tables that refer to it are made anew without their keys.
 * @returns what was sent
 * @throws CompilationError when a table refers to the live one that this run does not rebuild
 */
export const swapRelations = async (
  connection: Connection,
  { staged, live, type, replaces, rebuilt }: Step & { kind: 'swap' },
): Promise<string> => {
  const rename = `alter ${type} ${render(staged)} rename to ${quote(live.identifier)}`
  if (replaces === undefined) {
    await connection.query(rename)
    return rename
  }
  const restore = await detach(connection, replaces, rebuilt)
  const drop = dropSql(replaces)
  await connection.query(drop)
  await connection.query(rename)
  await restore()
  return `${drop};\n${rename}`
}

/** Drops a relation, if it is there; throws as `swapRelations` does. */
export const dropRelation = async (
  connection: Connection,
  relation: RelationState,
  rebuilt: readonly Relation[],
): Promise<string> => {
  const restore = await detach(connection, relation, rebuilt)
  const drop = dropSql(relation)
  await connection.query(drop)
  await restore()
  return drop
}

/** True when another table's foreign key refers to the relation. */
export const isReferenced = async (
  connection: Connection,
  relation: Relation,
): Promise<boolean> => {
  const { rows } = await connection.query(
    `${foreignKeys(relation)} and lower(referenced_table) = lower(${literal(relation.identifier)}) limit 1`,
  )
  return rows.length > 0
}

const dropSql = (relation: RelationState): string =>
  `drop ${relation.type === 'view' ? 'view' : 'table'} if exists ${render(relation)} cascade`

/** Foreign keys cannot cross schemas in DuckDB, so only the relation's own is looked into. */
const foreignKeys = (relation: Relation): string => `
  select table_name, referenced_table
  from duckdb_constraints()
  where constraint_type = 'FOREIGN KEY'
    and lower(database_name) = lower(${literal(relation.database ?? '')})
    and lower(schema_name) = lower(${literal(relation.schema ?? '')})
    and lower(table_name) <> lower(referenced_table)`

/** Deepest first: the order in which they have to be dropped. */
const dependents = async (
  connection: Connection,
  relation: Relation,
): Promise<readonly string[]> => {
  const { rows } = await connection.query(`with recursive keys as (${foreignKeys(relation)}
  ),
  found(table_name, depth) as (
    select table_name, 1 from keys
    where lower(referenced_table) = lower(${literal(relation.identifier)})
    union
    select keys.table_name, found.depth + 1
    from keys join found on lower(keys.referenced_table) = lower(found.table_name)
  )
  select table_name from found group by table_name order by max(depth) desc, table_name`)
  return rows.map(([name]) => String(name))
}

/**
 * Replaces the tables that refer to `relation` by copies without keys; what it gives brings the
 * copies to the old names.
 */
const detach = async (
  connection: Connection,
  relation: RelationState,
  rebuilt: readonly Relation[],
): Promise<() => Promise<void>> => {
  const keyed = relation.type === 'table' && relation.keys?.some(key => key !== 'foreign_key')
  if (!keyed) return async () => undefined
  const tables = (await dependents(connection, relation)).map(identifier => ({
    ...relation,
    identifier,
  }))
  const known = new Set(rebuilt.map(relationKey))
  const lost = tables.filter(table => !known.has(relationKey(table)))
  if (lost.length > 0)
    throw new CompilationError(
      `Cannot replace ${render(relation)} because DuckDB does not allow replacing a table that a ` +
        'foreign key references, and only tables that this run rebuilds afterwards can be ' +
        `detached from it. Problem tables: ${lost.map(({ identifier }) => identifier).join('; ')}`,
      {
        code: 'foreign-key-child',
        hint: `select ${lost.map(({ identifier }) => identifier).join(', ')} too (with --full-refresh when incremental), and let the constraint name its target by ref()`,
      },
    )
  for (const table of tables) {
    const copy = backup(table)
    await connection.query(`drop table if exists ${render(copy)}`)
    await connection.query(`create table ${render(copy)} as select * from ${render(table)}`)
    await connection.query(`drop table ${render(table)}`)
  }
  return async () => {
    for (const table of tables.toReversed())
      await connection.query(
        `alter table ${render(backup(table))} rename to ${quote(table.identifier)}`,
      )
  }
}

const backup = (table: Relation): Relation => ({
  ...table,
  identifier: `${table.identifier}__dbt_fk_backup`,
})
