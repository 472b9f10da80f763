import type { QueryResult } from '../../core/query-result.ts'
import type { RelationState, Schema } from '../../core/relation.ts'
import type { CatalogTable } from '../adapter.ts'
import { literal } from './names.ts'

/** Tables and views of the schemas, with the kinds of key constraints they have. */
export const relationsSql = (schemas: readonly Schema[]): string => `
select t.database_name, t.schema_name, t.table_name, 'table' as type, k.keys
from duckdb_tables() t
left join (
  select database_name, schema_name, table_name, list(distinct constraint_type) as keys
  from duckdb_constraints()
  where constraint_type in ('PRIMARY KEY', 'UNIQUE', 'FOREIGN KEY')
  group by all
) k using (database_name, schema_name, table_name)
where not t.internal and not t.temporary and ${inSchemas(schemas, 't')}
union all
select v.database_name, v.schema_name, v.view_name, 'view', null
from duckdb_views() v
where not v.internal and not v.temporary and ${inSchemas(schemas, 'v')}
order by all`

type Key = NonNullable<RelationState['keys']>[number]

const KEYS: Readonly<Record<string, Key>> = {
  'PRIMARY KEY': 'primary_key',
  UNIQUE: 'unique',
  'FOREIGN KEY': 'foreign_key',
}

/** The rows of `relationsSql`. */
export const toRelations = (result: QueryResult): readonly RelationState[] =>
  result.rows.map(([database, schema, identifier, type, keys]) => ({
    database: String(database),
    schema: String(schema),
    identifier: String(identifier),
    type: type === 'view' ? 'view' : 'table',
    keys: (Array.isArray(keys) ? keys : []).flatMap(key => KEYS[String(key)] ?? []),
  }))

/** One row a column, tables and columns in order. */
export const catalogSql = (schemas: readonly Schema[]): string => `
with relations as (
  select database_name, schema_name, table_name, 'BASE TABLE' as type, comment
  from duckdb_tables() where not internal and not temporary
  union all
  select database_name, schema_name, view_name, 'VIEW', comment
  from duckdb_views() where not internal and not temporary
)
select r.database_name, r.schema_name, r.table_name, r.type, r.comment,
  c.column_name, c.data_type, c.comment
from relations r
join duckdb_columns() c using (database_name, schema_name, table_name)
where ${inSchemas(schemas, 'r')}
order by r.database_name, r.schema_name, r.table_name, c.column_index`

/** The rows of `catalogSql`. */
export const toCatalog = (result: QueryResult): readonly CatalogTable[] => {
  const tables = new Map<string, CatalogTable & { columns: CatalogTable['columns'][number][] }>()
  for (const row of result.rows) {
    const [database, schema, identifier, type, comment, name, columnType, columnComment] = row
    const key = JSON.stringify([database, schema, identifier])
    const table = tables.get(key) ?? {
      relation: {
        database: String(database),
        schema: String(schema),
        identifier: String(identifier),
      },
      type: type === 'VIEW' ? 'VIEW' : 'BASE TABLE',
      comment: textOrNull(comment),
      owner: null,
      columns: [],
      stats: [],
    }
    table.columns.push({
      name: String(name),
      type: String(columnType),
      comment: textOrNull(columnComment),
    })
    tables.set(key, table)
  }
  return [...tables.values()]
}

const inSchemas = (schemas: readonly Schema[], alias: string): string => {
  if (schemas.length === 0) return 'false'
  const pairs = schemas.map(({ database, schema }) => {
    const name = `lower(${alias}.schema_name) = lower(${literal(schema)})`
    return database === null
      ? name
      : `(lower(${alias}.database_name) = lower(${literal(database)}) and ${name})`
  })
  return `(${pairs.join(' or ')})`
}

const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null)
