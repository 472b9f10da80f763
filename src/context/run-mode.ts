import type { Column } from '../core/column.ts'
import { CompilationError } from '../core/errors.ts'
import type { QueryResult } from '../core/query-result.ts'
import type { Relation, RelationState, RelationType } from '../core/relation.ts'
import { dumps } from '../jinja/python/convert.ts'
import { toStr } from '../jinja/python/operators.ts'
import { truthy } from '../jinja/python/truth.ts'
import { PyDict, tuple, type Value } from '../jinja/python/values.ts'
import { type AdapterMethod, pureMethods } from './adapter-object.ts'
import { columnValue } from './column-value.ts'
import { findMacro } from './macro-library.ts'
import type { ContextMode, NodeScope, RefArguments } from './node-scope.ts'
import type { RelationCache } from './relation-cache.ts'
import { RelationValue, relationValue } from './relation-value.ts'
import { ResponseValue } from './response-value.ts'
import { tableFromResult } from './table-from-result.ts'
import { TableValue } from './table-value.ts'

/** The warehouse as templates reach it, bound to the thread of one node. */
export interface WarehouseAccess {
  query(sql: string): Promise<QueryResult>
  columns(of: Relation): Promise<readonly Column[]>
  describe(sql: string): Promise<readonly Column[]>
  createSchema(schema: { readonly database: string | null; readonly schema: string }): Promise<void>
  commit(): Promise<void>
  readonly relations: RelationCache
}

const relationOf = (value: Value | undefined): RelationValue => {
  if (value instanceof RelationValue) return value
  throw new CompilationError(
    `expected a relation, got ${value === undefined ? 'nothing' : toStr(value)}`,
    {
      code: 'relation-expected',
      hint: 'make one by api.Relation.create, adapter.get_relation, ref or source',
    },
  )
}

const stateOf = (value: RelationValue): RelationState => ({
  ...value.parts,
  type: (value.parts.type ?? 'table') as RelationType,
})

const fromState = (scope: NodeScope, state: RelationState): RelationValue =>
  relationValue(state, scope.facts.dialect, { type: state.type, quote: scope.facts.quoting })

/** Calls a macro of navo's that a project may have replaced. */
const callMacro = (scope: NodeScope, name: string, args: Value[]): Value | Promise<Value> => {
  const macro = findMacro(scope.library, name, scope.packageName)
  if (!macro)
    throw new CompilationError(`No macro named '${name}' found`, { code: 'macro-not-found' })
  return scope.bind(macro)(args, new Map())
}

const print = (scope: NodeScope) => (text: string) =>
  scope.invocation.emit({ kind: 'template', text, level: 'print', node: scope.node?.info })

const transactionWord = /^\s*(begin|commit|rollback)(?:\s+transaction|\s+work)?\s*;?\s*$/i

const execute = async (
  scope: NodeScope,
  access: WarehouseAccess,
  sql: Value,
  fetch: Value,
  limit: Value,
): Promise<Value> => {
  const text = toStr(sql)
  // Statements commit by themselves; projects written for dbt say so explicitly.
  const word = transactionWord.exec(text)?.[1]?.toLowerCase()
  if (word === 'commit' || word === 'begin') {
    if (word === 'commit') await access.commit()
    return tuple([new ResponseValue({ _message: 'OK' }), new TableValue([], [])])
  }
  const result = await access.query(text)
  const rows = typeof limit === 'number' ? result.rows.slice(0, limit) : result.rows
  const table = truthy(fetch)
    ? tableFromResult({ ...result, rows }, print(scope))
    : new TableValue([], [])
  return tuple([new ResponseValue(result.response), table])
}

const missingColumns = (from: readonly Column[], to: readonly Column[]): readonly Column[] => {
  const known = new Set(to.map(column => column.name.toLowerCase()))
  return from.filter(column => !known.has(column.name.toLowerCase()))
}

const strategyMacro = (scope: NodeScope, strategy: Value): Value => {
  const name = `get_incremental_${toStr(strategy).replaceAll('+', '_')}_sql`
  const macro = findMacro(scope.library, name, scope.packageName)
  if (!macro) {
    throw new CompilationError(
      `dbt could not find an incremental strategy macro with the name "${name}" in ${scope.facts.name}`,
      { code: 'strategy-not-found' },
    )
  }
  return scope.bind(macro)
}

const constraintLines = (columns: Value): Value[] => {
  const lines: Value[] = []
  for (const [, column] of columns instanceof PyDict ? columns : new PyDict()) {
    if (!(column instanceof PyDict)) continue
    const name = truthy(column.get('quote') ?? null)
      ? `"${String(column.get('name'))}"`
      : String(column.get('name'))
    const parts = [name, String(column.get('data_type') ?? '')]
    const constraints = column.get('constraints')
    for (const constraint of Array.isArray(constraints) ? constraints : []) {
      if (constraint instanceof PyDict) parts.push(constraintText(constraint))
    }
    lines.push(parts.join(' ').trim())
  }
  return lines
}

const constraintText = (constraint: PyDict): string => {
  const type = String(constraint.get('type') ?? '')
  const expression = constraint.get('expression')
  const suffix = expression === null || expression === undefined ? '' : ` ${toStr(expression)}`
  if (type === 'check') return `check (${suffix.trim()})`
  return type === 'custom' ? suffix.trim() : `${type.replaceAll('_', ' ')}${suffix}`
}

const methods = (access: WarehouseAccess): Readonly<Record<string, AdapterMethod>> => {
  const { relations } = access
  const run = (
    signature: string,
    body: (scope: NodeScope, ...args: Value[]) => Value | Promise<Value>,
  ): AdapterMethod => ({ signature, parse: () => null, run: body })
  const columnsOf = async (scope: NodeScope, relation: Value): Promise<Value[]> => {
    const columns = await access.columns(relationOf(relation).parts)
    return columns.map(column => columnValue(column, scope.facts.dialect))
  }
  const listed = async (scope: NodeScope, database: Value, schema: Value): Promise<Value> => {
    const found = await relations.inSchema({
      database: database === null ? null : toStr(database),
      schema: toStr(schema),
    })
    return found.map(state => fromState(scope, state))
  }
  return {
    ...pureMethods,
    execute: run(
      'sql, auto_begin=False, fetch=False, limit=None',
      (scope, sql, _begin, fetch, limit) => execute(scope, access, sql!, fetch!, limit!),
    ),
    add_query: run(
      'sql, auto_begin=True, bindings=None, abridge_sql_log=False',
      async (_scope, sql) => {
        await access.query(toStr(sql!))
        return tuple([null, null])
      },
    ),
    commit: run('', async () => {
      await access.commit()
      return null
    }),
    get_relation: run(
      'database, schema, identifier',
      async (scope, database, schema, identifier) => {
        const state = await relations.get({
          database: database === null ? null : toStr(database!),
          schema: toStr(schema!),
          identifier: toStr(identifier!),
        })
        return state ? fromState(scope, state) : null
      },
    ),
    already_exists: run('schema, name', async (scope, schema, name) => {
      const { database } = scope.facts.target
      return (
        (await relations.get({ database, schema: toStr(schema!), identifier: toStr(name!) })) !==
        undefined
      )
    }),
    list_relations: run('database, schema', (scope, database, schema) =>
      listed(scope, database!, schema!),
    ),
    list_relations_without_caching: run('schema_relation', (scope, schema) => {
      const { parts } = relationOf(schema)
      return listed(scope, parts.database, parts.schema)
    }),
    check_schema_exists: run('database, schema', async (scope, database, schema) => {
      const table = await callMacro(scope, 'list_schemas', [database!])
      const wanted = toStr(schema!).toLowerCase()
      return (
        table instanceof TableValue &&
        table.rows.some(row => toStr(row[0] ?? '').toLowerCase() === wanted)
      )
    }),
    create_schema: run('relation', async (_scope, relation) => {
      const { database, schema } = relationOf(relation).parts
      if (schema !== null) await access.createSchema({ database, schema })
      return null
    }),
    drop_schema: run('relation', async (scope, relation) => {
      const { parts } = relationOf(relation)
      await callMacro(scope, 'drop_schema', [relation!])
      if (parts.schema !== null)
        relations.droppedSchema({ database: parts.database, schema: parts.schema })
      return null
    }),
    drop_relation: run('relation', async (scope, relation) => {
      relations.dropped(relationOf(relation).parts)
      await callMacro(scope, 'drop_relation', [relation!])
      return null
    }),
    truncate_relation: run('relation', async (scope, relation) => {
      await callMacro(scope, 'truncate_relation', [relation!])
      return null
    }),
    rename_relation: run('from_relation, to_relation', async (scope, from, to) => {
      await callMacro(scope, 'rename_relation', [from!, to!])
      relations.renamed(relationOf(from).parts, relationOf(to).parts)
      return null
    }),
    cache_added: run('relation', (_scope, relation) => {
      if (relation instanceof RelationValue) relations.added(stateOf(relation))
      return ''
    }),
    cache_dropped: run('relation', (_scope, relation) => {
      if (relation instanceof RelationValue) relations.dropped(relation.parts)
      return ''
    }),
    cache_renamed: run('from_relation, to_relation', (_scope, from, to) => {
      relations.renamed(relationOf(from).parts, relationOf(to).parts)
      return ''
    }),
    get_columns_in_relation: run('relation', columnsOf as AdapterMethod['run']),
    get_missing_columns: run('from_relation, to_relation', async (scope, from, to) => {
      const [own, other] = [
        await access.columns(relationOf(from).parts),
        await access.columns(relationOf(to).parts),
      ]
      return missingColumns(own, other).map(column => columnValue(column, scope.facts.dialect))
    }),
    expand_target_column_types: run('from_relation, to_relation', () => null),
    get_column_schema_from_query: run('sql', async (scope, sql) =>
      (await access.describe(toStr(sql!))).map(column => columnValue(column, scope.facts.dialect)),
    ),
    get_partitions_metadata: run('table', () => new TableValue([], [])),
    get_incremental_strategy_macro: run('context, strategy', (scope, _context, strategy) =>
      strategyMacro(scope, strategy!),
    ),
    valid_snapshot_target: run('relation, column_names=None', () => null),
    assert_valid_snapshot_target_given_strategy: run(
      'relation, column_names, strategy',
      () => null,
    ),
    render_raw_columns_constraints: run('raw_columns', (_scope, columns) =>
      constraintLines(columns!),
    ),
    render_raw_model_constraints: run('raw_constraints', (_scope, constraints) =>
      (Array.isArray(constraints) ? constraints : [])
        .filter((constraint): constraint is PyDict => constraint instanceof PyDict)
        .map(constraint => modelConstraint(constraint)),
    ),
    location_exists: run('location', async (_scope, location) => {
      const { rows } = await access.query(
        `select count(*) from glob('${toStr(location!).replaceAll("'", "''")}')`,
      )
      return Number(rows[0]?.[0] ?? 0) > 0
    }),
    store_relation: run('plugin, relation, column_list, path, format, config', () => null),
  }
}

const modelConstraint = (constraint: PyDict): string => {
  const columns = constraint.get('columns')
  const list =
    Array.isArray(columns) && columns.length > 0 ? ` (${columns.map(toStr).join(', ')})` : ''
  const name = constraint.get('name')
  const prefix = name === null || name === undefined ? '' : `constraint ${toStr(name)} `
  return constraint.get('type') === 'check'
    ? `${prefix}${constraintText(constraint)}`
    : `${prefix}${constraintText(constraint)}${list}`
}

/** How ref and source resolve for the node that is run. */
export interface RunResolver {
  readonly ref: (scope: NodeScope, args: RefArguments) => Value
  readonly source: (scope: NodeScope, source: string, table: string) => Value
}

const missingVar = (scope: NodeScope, name: string): Value => {
  const who = scope.node?.name ?? '<Configuration>'
  const given = dumps(new PyDict(scope.vars), { indent: 4, sortKeys: true })
  throw new CompilationError(
    `Required var '${name}' not found in config:\nVars supplied to ${who} = ${given}`,
    {
      code: 'var-not-found',
      hint: `set it under vars: in the project file, by --vars '{${name}: …}', or give a default: var('${name}', …)`,
    },
  )
}

/** How templates behave while nodes are compiled and run: everything is real. */
export const runMode = (
  access: WarehouseAccess,
  resolver: RunResolver,
  config: Value,
): ContextMode => ({
  execute: true,
  undefined: 'default',
  ref: resolver.ref,
  source: resolver.source,
  config,
  adapter: methods(access),
  missingVar,
})
