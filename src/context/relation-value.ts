import type { Dialect } from '../adapters/adapter.ts'
import type { QuotePolicy, Relation, RelationType } from '../core/relation.ts'
import { hostFunction } from '../jinja/python/host-function.ts'
import { truthy } from '../jinja/python/truth.ts'
import {
  type DictKey,
  type HostFunction,
  HostObject,
  PyDict,
  type Value,
} from '../jinja/python/values.ts'

export interface RelationParts extends Relation {
  readonly type: RelationType | 'materialized_view' | null
  readonly quote: QuotePolicy
  readonly include: QuotePolicy
  /** `--empty`: the relation renders as a query that gives no rows. */
  readonly limit: number | null
  /** SQL that stands for the relation, such as a reading of files. */
  readonly expression: string | null
  /** `information_schema` behind the name. */
  readonly informationSchema?: string | null
}

const allParts: QuotePolicy = { database: true, schema: true, identifier: true }

const flag = (value: Value | undefined, fallback: boolean): boolean =>
  value === undefined || value === null ? fallback : truthy(value)

const textOrNull = (value: Value | undefined): string | null =>
  typeof value === 'string' ? value : null

/** What `ref`, `source`, `this` and `api.Relation.create` give: dbt's Relation. */
export class RelationValue extends HostObject {
  readonly typeName = 'Relation'
  // Packages tell a relation from a text by this and by `metadata`.
  override readonly isMapping = true
  readonly parts: RelationParts
  readonly dialect: Dialect

  constructor(parts: RelationParts, dialect: Dialect) {
    super()
    this.parts = parts
    this.dialect = dialect
  }

  with(changes: Partial<RelationParts>): RelationValue {
    return new RelationValue({ ...this.parts, ...changes }, this.dialect)
  }

  render(): string {
    const { parts, dialect } = this
    if (parts.expression !== null) return parts.expression
    if (parts.type === 'cte') return parts.identifier
    const shown = (part: 'database' | 'schema' | 'identifier'): string | undefined => {
      const name = parts[part]
      if (!parts.include[part] || name === null || name === '') return undefined
      return parts.quote[part] ? dialect.quoteIdentifier(name) : name
    }
    const names = [shown('database'), shown('schema'), shown('identifier')].filter(
      name => name !== undefined,
    )
    if (parts.informationSchema !== undefined) {
      names.push(['INFORMATION_SCHEMA', parts.informationSchema].filter(Boolean).join('.'))
    }
    return names.join('.')
  }

  override str(): string {
    const text = this.render()
    // Without an alias, as dbt-duckdb has it: the query may give one itself.
    return this.parts.limit === null
      ? text
      : `(select * from ${text} where false limit ${this.parts.limit})`
  }

  override repr(): string {
    return `<${this.dialect.dispatch[0] === 'duckdb' ? 'DuckDBRelation' : 'Relation'} ${this.render()}>`
  }

  override hashKey(): DictKey {
    return `\u0000relation:${this.render()}`
  }

  override equals(other: Value): boolean {
    return other instanceof RelationValue && other.render() === this.render()
  }

  override getAttr(name: string): Value | undefined {
    const { parts } = this
    switch (name) {
      case 'database':
      case 'schema':
      case 'identifier':
        return parts[name]
      case 'name':
      case 'table':
        return parts.identifier
      case 'type':
        return parts.type
      case 'is_table':
        return parts.type === 'table'
      case 'is_view':
        return parts.type === 'view'
      case 'is_cte':
        return parts.type === 'cte'
      case 'is_materialized_view':
        return parts.type === 'materialized_view'
      case 'is_dynamic_table':
      case 'is_pointer':
        return false
      case 'can_be_renamed':
      case 'can_be_replaced':
        return parts.type === 'table' || parts.type === 'view'
      case 'limit':
        return parts.limit
      case 'metadata':
        return new PyDict([['type', 'DuckDBRelation']])
      case 'path':
        return policyDict(parts)
      case 'quote_policy':
        return policyDict(parts.quote)
      case 'include_policy':
        return policyDict(parts.include)
      case 'View':
        return 'view'
      case 'Table':
        return 'table'
      case 'CTE':
        return 'cte'
      case 'MaterializedView':
        return 'materialized_view'
      case 'External':
        return 'external'
      default:
        return this.method(name)
    }
  }

  private method(name: string): HostFunction | undefined {
    const { parts } = this
    switch (name) {
      case 'render':
        return hostFunction(name, '', () => this.render())
      case 'render_limited':
        return hostFunction(name, '', () => this.str())
      case 'include':
        return hostFunction(name, 'database=None, schema=None, identifier=None', (d, s, i) =>
          this.with({ include: changedPolicy(parts.include, d, s, i) }),
        )
      case 'quote':
        return hostFunction(name, 'database=None, schema=None, identifier=None', (d, s, i) =>
          this.with({ quote: changedPolicy(parts.quote, d, s, i) }),
        )
      case 'without_identifier':
        return hostFunction(name, '', () =>
          this.with({ include: { ...parts.include, identifier: false } }),
        )
      case 'incorporate':
        return hostFunction(name, '**kwargs', (kwargs: PyDict) =>
          this.with(partsFrom(kwargs, parts)),
        )
      case 'replace_path':
        return hostFunction(name, '**kwargs', (kwargs: PyDict) =>
          this.with(pathFrom(kwargs, parts)),
        )
      case 'information_schema':
        return hostFunction(name, 'view_name=None', (view: Value) =>
          this.with({
            informationSchema: textOrNull(view),
            include: { database: parts.include.database, schema: false, identifier: false },
          }),
        )
      case 'information_schema_only':
        return hostFunction(name, '', () =>
          this.with({
            informationSchema: null,
            include: { database: parts.include.database, schema: false, identifier: false },
          }),
        )
      case 'matches':
        return hostFunction(
          name,
          'database=None, schema=None, identifier=None',
          (database: Value, schema: Value, identifier: Value) =>
            [
              [database, parts.database],
              [schema, parts.schema],
              [identifier, parts.identifier],
            ].every(
              ([wanted, own]) =>
                wanted === null || String(wanted).toLowerCase() === String(own).toLowerCase(),
            ),
        )
      case 'get':
        return hostFunction(name, 'key, default=None', (key: Value, fallback: Value) =>
          typeof key === 'string' ? (this.getAttr(key) ?? fallback) : fallback,
        )
      default:
        return undefined
    }
  }
}

const policyDict = (policy: {
  readonly database: Value
  readonly schema: Value
  readonly identifier: Value
}): PyDict =>
  new PyDict([
    ['database', policy.database],
    ['schema', policy.schema],
    ['identifier', policy.identifier],
  ])

const changedPolicy = (
  policy: QuotePolicy,
  database: Value,
  schema: Value,
  identifier: Value,
): QuotePolicy => ({
  database: flag(database, policy.database),
  schema: flag(schema, policy.schema),
  identifier: flag(identifier, policy.identifier),
})

const pathFrom = (given: PyDict, parts: RelationParts): Partial<RelationParts> => ({
  database: given.has('database') ? textOrNull(given.get('database')) : parts.database,
  schema: given.has('schema') ? textOrNull(given.get('schema')) : parts.schema,
  identifier: textOrNull(given.get('identifier')) ?? parts.identifier,
})

const policyFrom = (given: Value | undefined, policy: QuotePolicy): QuotePolicy =>
  given instanceof PyDict
    ? changedPolicy(
        policy,
        given.get('database') ?? null,
        given.get('schema') ?? null,
        given.get('identifier') ?? null,
      )
    : policy

// `incorporate(path={…}, type=…)` and `create(database=…, schema=…, identifier=…, type=…)`.
const partsFrom = (given: PyDict, parts: RelationParts): Partial<RelationParts> => {
  const path = given.get('path')
  return {
    ...pathFrom(path instanceof PyDict ? path : given, parts),
    type: given.has('type') ? (textOrNull(given.get('type')) as RelationParts['type']) : parts.type,
    quote: policyFrom(given.get('quote_policy'), parts.quote),
    include: policyFrom(given.get('include_policy'), parts.include),
    limit: typeof given.get('limit') === 'number' ? (given.get('limit') as number) : parts.limit,
  }
}

export interface RelationOptions {
  readonly type?: RelationParts['type']
  readonly quote?: QuotePolicy
  readonly limit?: number | null
  readonly expression?: string | null
}

/** The relation value of a name. */
export const relationValue = (
  relation: Relation,
  dialect: Dialect,
  options: RelationOptions = {},
): RelationValue =>
  new RelationValue(
    {
      database: relation.database,
      schema: relation.schema,
      identifier: relation.identifier,
      type: options.type ?? null,
      quote: options.quote ?? dialect.quotePolicy,
      include: allParts,
      limit: options.limit ?? null,
      expression: options.expression ?? null,
    },
    dialect,
  )

/** The name of dbt's CTE that stands for an ephemeral model. */
export const ephemeralCte = (name: string): string => `__dbt__cte__${name}`

/** `api.Relation`: a class to templates, with `create` and the type names. */
export class RelationClass extends HostObject {
  readonly typeName = 'type'
  constructor(
    readonly dialect: Dialect,
    readonly quoting: QuotePolicy,
  ) {
    super()
  }

  override getAttr(name: string): Value | undefined {
    const empty = relationValue({ database: null, schema: null, identifier: '' }, this.dialect, {
      quote: this.quoting,
    })
    switch (name) {
      case 'create':
        return hostFunction(
          name,
          'database=..., schema=..., identifier=..., type=..., **kwargs',
          (...given: (Value | undefined)[]) => {
            const kwargs = given.at(-1) as PyDict
            for (const [i, key] of ['database', 'schema', 'identifier', 'type'].entries()) {
              const value = given[i]
              if (value !== undefined) kwargs.set(key, value)
            }
            return empty.with(partsFrom(kwargs, empty.parts))
          },
        )
      case 'create_from':
        return hostFunction(name, 'config, node, **kwargs', (_config: Value, node: Value) =>
          node instanceof RelationValue ? node : empty,
        )
      case 'add_ephemeral_prefix':
        return hostFunction(name, 'name', (cte: string) => ephemeralCte(cte))
      default:
        return empty.getAttr(name) instanceof Function ? undefined : empty.getAttr(name)
    }
  }
}
