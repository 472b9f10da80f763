import { CompilationError } from '../core/errors.ts'
import { hostFunction } from '../jinja/python/host-function.ts'
import { toStr } from '../jinja/python/operators.ts'
import { truthy } from '../jinja/python/truth.ts'
import { type HostFunction, HostObject, PyDict, tuple, type Value } from '../jinja/python/values.ts'
import { dialectSql } from './dialect-sql.ts'
import { dispatchMacro } from './macro-library.ts'
import type { NodeScope } from './node-scope.ts'
import { TableValue } from './table-value.ts'

/** A method that templates call on `adapter`. */
export interface AdapterMethod {
  /** Python's signature, without self. */
  readonly signature: string
  /** What it gives while parsing, when no database may be asked. */
  readonly parse: (scope: NodeScope, ...args: Value[]) => Value
  readonly run: (scope: NodeScope, ...args: Value[]) => Value | Promise<Value>
}

/** The same in both modes: needs no database. */
export const pureMethod = (
  signature: string,
  run: (scope: NodeScope, ...args: Value[]) => Value,
): AdapterMethod => ({ signature, parse: run, run })

const quoteKeys = new Set(['database', 'schema', 'identifier'])

const quoteAsConfigured = (scope: NodeScope, identifier: Value, key: Value): Value => {
  const part = String(key)
  const quoted =
    quoteKeys.has(part) && scope.facts.quoting[part as 'database' | 'schema' | 'identifier']
  return quoted ? scope.facts.dialect.quoteIdentifier(String(identifier)) : identifier
}

const quoteSeedColumn = (scope: NodeScope, column: Value, config: Value): Value => {
  if (config !== null && typeof config !== 'boolean') {
    throw new CompilationError(
      `The seed configuration value of "quote_columns" has an invalid type ${typeof config}`,
    )
  }
  return config === false ? column : scope.facts.dialect.quoteIdentifier(String(column))
}

const dispatch = (scope: NodeScope, name: Value, namespace: Value): Value => {
  if (typeof name !== 'string' || (namespace !== null && typeof namespace !== 'string')) {
    throw new CompilationError(
      'In adapter.dispatch, the macro name and the macro_namespace must be strings',
      { code: 'dispatch' },
    )
  }
  const macro = dispatchMacro(scope.library, {
    name,
    namespace,
    fromPackage: scope.packageName,
    adapters: scope.facts.dialect.dispatch,
    searchOrder: scope.facts.dispatch,
  })
  return scope.bind(macro)
}

// Rows of `show grants`: {privilege: [grantees]}.
const standardizeGrants = (_scope: NodeScope, table: Value): Value => {
  const grants = new PyDict()
  if (!(table instanceof TableValue)) return grants
  for (const row of table.rows) {
    const grantee = row[table.names.indexOf('grantee')] ?? null
    const privilege = row[table.names.indexOf('privilege_type')] ?? null
    const known = grants.get(privilege)
    if (Array.isArray(known)) known.push(grantee)
    else grants.set(privilege, [grantee])
  }
  return grants
}

const hardDeletes = (_scope: NodeScope, config: Value): Value => {
  const get = (key: string): Value =>
    (config instanceof PyDict
      ? config.get(key)
      : config instanceof HostObject
        ? ((config.getAttr('get') as HostFunction)([key], new Map()) as Value)
        : null) ?? null
  const invalidate = get('invalidate_hard_deletes')
  const behavior = get('hard_deletes')
  if (invalidate !== null && behavior !== null) {
    throw new CompilationError(
      'You cannot set both the invalidate_hard_deletes and hard_deletes config properties on the same snapshot.',
    )
  }
  if (truthy(invalidate) || behavior === 'invalidate') return 'invalidate'
  if (behavior === 'new_record') return 'new_record'
  if (behavior === null || behavior === 'ignore') return 'ignore'
  throw new CompilationError(`Invalid setting for property hard_deletes: ${toStr(behavior)}`, {
    hint: 'use ignore, invalidate or new_record',
  })
}

/** The methods that need no database. */
export const pureMethods: Readonly<Record<string, AdapterMethod>> = {
  dispatch: pureMethod(
    'macro_name, macro_namespace=None, packages=None',
    (scope, name, namespace, packages) => {
      if (packages !== null) {
        throw new CompilationError(
          `The "packages" argument of adapter.dispatch() has been deprecated. Use the "macro_namespace" argument instead. Raised during dispatch for: ${toStr(name!)}`,
        )
      }
      return dispatch(scope, name!, namespace!)
    },
  ),
  type: pureMethod('', scope => scope.facts.dialect.dispatch[0] ?? ''),
  quote: pureMethod('identifier', (scope, name) =>
    scope.facts.dialect.quoteIdentifier(String(name)),
  ),
  quote_as_configured: pureMethod('identifier, quote_key', (scope, name, key) =>
    quoteAsConfigured(scope, name!, key!),
  ),
  quote_seed_column: pureMethod('column, quote_config=None', (scope, column, config) =>
    quoteSeedColumn(scope, column!, config!),
  ),
  convert_type: pureMethod('agate_table, col_idx', () => 'text'),
  standardize_grants_dict: pureMethod('grants_table', standardizeGrants),
  get_hard_deletes_behavior: pureMethod('config', hardDeletes),
  commit: pureMethod('', () => null),
  // Not dbt's: navo's own macros get the dialect's SQL by it.
  navo_sql: pureMethod('macro, *args', (scope, macro, args) =>
    dialectSql(scope, toStr(macro!), Array.isArray(args) ? args : []),
  ),
  get_binding_char: pureMethod('', () => '?'),
  get_catalog_integration: pureMethod('name', () => null),
  build_catalog_relation: pureMethod('config', () => null),
  external_root: pureMethod('', scope => String(scope.facts.targetShown.external_root ?? '.')),
  is_motherduck: pureMethod('', () => false),
  disable_transactions: pureMethod('', () => false),
  get_temp_relation_path: pureMethod('model', (_scope, model) =>
    model instanceof PyDict
      ? tuple([model.get('database') ?? null, model.get('schema') ?? null])
      : null,
  ),
}

/** Behaviour flags: none of dbt's migrations is switched on. */
class Behavior extends HostObject {
  readonly typeName = 'Behavior'
  override getAttr(name: string): Value | undefined {
    return name === 'setdefault' ? undefined : false
  }
}

/** `adapter` in templates. Which methods there are is told by the tables it is made of. */
export class AdapterObject extends HostObject {
  readonly typeName: string
  readonly #scope: NodeScope
  readonly #methods: Readonly<Record<string, AdapterMethod>>

  constructor(scope: NodeScope, methods: Readonly<Record<string, AdapterMethod>>) {
    super()
    this.#scope = scope
    this.#methods = methods
    this.typeName = scope.mode.execute ? 'RuntimeDatabaseWrapper' : 'ParseDatabaseWrapper'
  }

  override getAttr(name: string): Value | undefined {
    if (name === 'behavior') return new Behavior()
    const scope = this.#scope
    if (name === 'Relation') return scope.relationClass()
    if (name === 'Column') return scope.columnClass()
    if (!Object.hasOwn(this.#methods, name)) return undefined
    const method = this.#methods[name]!
    const body = scope.mode.execute ? method.run : method.parse
    return hostFunction(name, method.signature, (...args: Value[]) => body(scope, ...args))
  }
}
