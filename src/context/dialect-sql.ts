import { CompilationError } from '../core/errors.ts'
import type { Json, JsonObject } from '../core/json.ts'
import type { Constraint, ContractConfig } from '../core/manifest.ts'
import type { RelationState, RelationType } from '../core/relation.ts'
import type { SqlRequest, TableColumn, TableConfig } from '../core/sql-request.ts'
import { toJson } from '../jinja/python/convert.ts'
import { toStr } from '../jinja/python/operators.ts'
import { truthy } from '../jinja/python/truth.ts'
import { PyDict, type Value } from '../jinja/python/values.ts'
import { ColumnValue } from './column-value.ts'
import type { NodeScope } from './node-scope.ts'
import { RelationValue } from './relation-value.ts'

const relation = (value: Value | undefined): RelationState => {
  if (value instanceof RelationValue) {
    return { ...value.parts, type: (value.parts.type ?? 'table') as RelationType }
  }
  throw new CompilationError(
    `expected a relation, got ${value === undefined ? 'nothing' : toStr(value)}`,
  )
}

const object = (value: Json | undefined): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {}

/** What of the node at hand shapes its DDL, read back from `{{ model }}`. */
const tableConfig = (scope: NodeScope): TableConfig => {
  const model = object(toJson(scope.lookup('model') ?? null))
  const config = object(model.config)
  const columns = Object.values(object(model.columns)) as unknown as readonly TableColumn[]
  return {
    config,
    contract: { enforced: false, alias_types: true, ...object(config.contract) } as ContractConfig,
    columns,
    constraints: (model.constraints ?? []) as unknown as readonly Constraint[],
    header: typeof config.sql_header === 'string' ? config.sql_header : null,
  }
}

const columnsOf = (value: Value | undefined) =>
  (Array.isArray(value) ? value : [])
    .filter((column): column is ColumnValue => column instanceof ColumnValue)
    .map(column => ({ name: column.column, type: column.dtype }))

const described = (value: Value | undefined): readonly TableColumn[] =>
  Object.values(object(toJson(value ?? null))) as unknown as readonly TableColumn[]

/** The request that a macro of dbt's name and arguments stands for. Throws CompilationError. */
const requestOf = (scope: NodeScope, macro: string, args: readonly Value[]): SqlRequest => {
  const [first, second, third] = args
  const model = tableConfig(scope)
  switch (macro) {
    case 'create_table_as':
      return {
        macro,
        temporary: truthy(first ?? false),
        relation: relation(second),
        sql: toStr(third ?? ''),
        model,
      }
    case 'create_view_as':
      return { macro, relation: relation(first), sql: toStr(second ?? ''), model }
    case 'alter_relation_comment':
      return { macro, relation: relation(first), comment: toStr(second ?? '') }
    case 'alter_column_comment':
      return { macro, relation: relation(first), columns: described(second) }
    case 'get_create_index_sql':
      return {
        macro,
        relation: relation(first),
        index: toJson(second ?? null),
        now: scope.invocation.now(),
      }
    default:
      return incremental(scope, macro, first, model)
  }
}

const incremental = (
  scope: NodeScope,
  macro: string,
  args: Value | undefined,
  model: TableConfig,
): SqlRequest => {
  if (!/^get_incremental_\w+_sql$/.test(macro) || !(args instanceof PyDict)) {
    throw new CompilationError(`navo has no SQL for ${macro}`)
  }
  const key = toJson(args.get('unique_key') ?? null)
  return {
    macro: macro as `get_incremental_${string}_sql`,
    target: relation(args.get('target_relation')),
    temp: relation(args.get('temp_relation')),
    projectName: scope.facts.name,
    uniqueKey: Array.isArray(key) ? key.map(String) : key === null ? null : String(key),
    columns: columnsOf(args.get('dest_columns')),
    predicates: toJson(args.get('incremental_predicates') ?? null),
    model,
  }
}

/** The dialect's SQL for what a macro of that name gives in dbt. */
export const dialectSql = (scope: NodeScope, macro: string, args: readonly Value[]): string =>
  scope.facts.dialect.sql(requestOf(scope, macro, args))
