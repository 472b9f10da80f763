import type { Relation } from '../../core/relation.ts'
import type { SqlRequest, TableColumn } from '../../core/sql-request.ts'
import type { Dialect } from '../adapter.ts'
import { commentLiteral } from './comment-literal.ts'
import { createTableAs, createViewAs } from './create.ts'
import { incrementalSql } from './incremental.ts'
import { createIndex } from './index-sql.ts'
import { literal, quote, quotePolicy, render } from './names.ts'
import { snapshotMerge, snapshotStaging, snapshotTable } from './snapshot.ts'
import { sourceExpression } from './source-expression.ts'

const STRING_TYPES = new Set(['text', 'character varying', 'character', 'varchar'])

const sql = (request: SqlRequest): string => {
  switch (request.macro) {
    case 'create_table_as':
      return createTableAs(request)
    case 'create_view_as':
      return createViewAs(request)
    case 'snapshot_get_time':
      return 'now()::timestamp'
    case 'snapshot_hash_arguments':
      return `md5(${request.args.map(arg => `coalesce(cast(${arg} as varchar ), '')`).join(" || '|' || ")})`
    case 'build_snapshot_table':
      return snapshotTable(request)
    case 'snapshot_staging_table':
      return snapshotStaging(request)
    case 'snapshot_merge_sql':
      return snapshotMerge(request)
    case 'get_test_sql':
      return testSql(request)
    case 'get_unit_test_sql':
      return unitTestSql(request)
    case 'alter_relation_comment':
      return `comment on ${request.relation.type} ${render(request.relation)} is ${commentLiteral(request.comment)};`
    case 'alter_column_comment':
      return request.columns.map(column => columnComment(request.relation, column)).join('\n')
    case 'get_create_index_sql':
      return createIndex(request.relation, request.index, request.now)
    default:
      return incrementalSql(request)
  }
}

const columnComment = (relation: Relation, column: TableColumn): string => {
  const name = column.quote ? quote(column.name) : column.name
  return `comment on column ${render(relation)}.${name} is ${commentLiteral(column.description)};`
}

const testSql = ({
  sql,
  failCalc,
  warnIf,
  errorIf,
}: SqlRequest & { macro: 'get_test_sql' }): string =>
  `select
  ${failCalc} as failures,
  ${failCalc} ${warnIf} as should_warn,
  ${failCalc} ${errorIf} as should_error
from (
  ${sql}
) dbt_internal_test`

const unitTestSql = (request: SqlRequest & { macro: 'get_unit_test_sql' }): string => {
  const columns = request.columns.join(', ')
  return `-- Build actual result given inputs
with dbt_internal_unit_test_actual as (
  select
    ${columns}, 'actual' as "actual_or_expected"
  from (
    ${request.sql}
  ) _dbt_internal_unit_test_actual
),
-- Build expected result
dbt_internal_unit_test_expected as (
  select
    ${columns}, 'expected' as "actual_or_expected"
  from (
    ${request.expectedSql}
  ) _dbt_internal_unit_test_expected
)
-- Union actual and expected results
select * from dbt_internal_unit_test_actual
union all
select * from dbt_internal_unit_test_expected`
}

/** DuckDB as dbt-duckdb speaks it. */
export const dialect: Dialect = {
  dispatch: ['duckdb', 'default'],
  supports: {
    transactions: true,
    renameTable: true,
    temporaryTables: true,
    grants: false,
    constraints: {
      check: 'enforced',
      not_null: 'enforced',
      unique: 'enforced',
      primary_key: 'enforced',
      foreign_key: 'enforced',
      custom: 'enforced',
    },
  },
  incrementalStrategies: ['append', 'delete+insert', 'merge'],
  quotePolicy,
  quoteIdentifier: name => quote(name),
  render: (relation, policy) => render(relation, policy),
  literal,
  sql,
  truncate: relation => `truncate table ${render(relation)}`,
  addColumn: (relation, column) =>
    `alter table ${render(relation)} add column ${quote(column.name)} ${column.type}`,
  dropColumn: (relation, name) => `alter table ${render(relation)} drop column ${quote(name)}`,
  // Not by a column beside it, as dbt does: DuckDB cannot update and alter in one transaction.
  alterColumnType: (relation, name, type) =>
    `alter table ${render(relation)} alter column ${quote(name)} type ${type}`,
  limit: (query, rows) => (rows === null ? query : `${query}\n  limit ${rows}`),
  safeCast: (expression, type) => `cast(${expression} as ${type})`,
  sourceExpression,
  columnDataType: type => (STRING_TYPES.has(type.toLowerCase()) ? 'character varying(256)' : type),
  translateType: type => (type.toUpperCase() === 'STRING' ? 'TEXT' : type),
}
