import type { Column } from '../core/column.ts'
import type { JsonObject } from '../core/json.ts'
import type { Constraint, ContractConfig, SourceNode } from '../core/manifest.ts'
import type { QueryResult } from '../core/query-result.ts'
import type { QuotePolicy, Relation, RelationState, Schema } from '../core/relation.ts'
import type { Step, StepReport } from '../core/step.ts'

/** One warehouse product. Adapter modules are imported only when a target names them. */
export interface AdapterType<T = unknown> {
  readonly name: string
  /** Pure: compiling needs no connection. */
  readonly dialect: Dialect
  /**
   * Validates a profile's output. Throws ValidationError naming the key.
   * @param raw the output as written, Jinja rendered
   * @param projectDir absolute; relative paths of the target are taken from the working directory
   */
  parseTarget(raw: JsonObject, projectDir: string): AdapterTarget<T>
  connect(target: T, options: ConnectOptions): Promise<Warehouse>
}

export interface AdapterTarget<T> {
  readonly settings: T
  readonly database: string | null
  readonly schema: string
  readonly threads: number
  /** What `{{ target }}` shows besides name, profile and type. No secrets. */
  readonly shown: JsonObject
}

export interface ConnectOptions {
  readonly signal: AbortSignal
  /** Called with every statement before it is sent. */
  readonly onSql?: (sql: string, session: string) => void
}

/** A live connection to the engine; one for an invocation. */
export interface Warehouse {
  /** Engine name and version for the log. */
  readonly version: string
  /** A connection of its own for one thread: statements run in order, transactions are its own. */
  session(name: string): Promise<Session>
  /** Creates what is missing. Called once, before threads start. */
  createSchemas(schemas: readonly Schema[]): Promise<void>
  relations(schemas: readonly Schema[]): Promise<readonly RelationState[]>
  /** What catalog.json says of the tables of these schemas. */
  catalog(schemas: readonly Schema[]): Promise<readonly CatalogTable[]>
  /** Rolls back what is open, waits for what is being cancelled, frees the database. */
  close(): Promise<void>
}

export interface Session {
  readonly name: string
  /** Rejects with DatabaseError; with AbortError once the signal has fired. */
  query(sql: string): Promise<QueryResult>
  columns(of: Relation): Promise<readonly Column[]>
  /** Columns that a query would give, without running it. */
  describe(sql: string): Promise<readonly Column[]>
  apply(step: Step): Promise<StepReport>
  readonly inTransaction: boolean
  begin(): Promise<void>
  commit(): Promise<void>
  rollback(): Promise<void>
  release(): Promise<void>
}

export interface CatalogTable {
  readonly relation: Relation
  readonly type: 'BASE TABLE' | 'VIEW'
  readonly comment: string | null
  readonly owner: string | null
  readonly columns: readonly {
    readonly name: string
    readonly type: string
    readonly comment: string | null
  }[]
  readonly stats: readonly {
    readonly id: string
    readonly label: string
    readonly value: string | number | boolean
    readonly description: string
  }[]
}

/**
 * A piece of SQL by the name of the dbt macro that gives it, so that a project's own macro of that
 * name can take the dialect's place.
 */
export type SqlRequest =
  | {
      readonly macro: 'create_table_as'
      readonly temporary: boolean
      readonly relation: Relation
      readonly sql: string
      readonly model: TableConfig
    }
  | {
      readonly macro: 'create_view_as'
      readonly relation: Relation
      readonly sql: string
      readonly model: TableConfig
    }
  | {
      readonly macro: `get_incremental_${string}_sql`
      readonly target: Relation
      readonly temp: Relation
      readonly uniqueKey: string | readonly string[] | null
      readonly columns: readonly Column[]
      readonly predicates: readonly string[] | null
      readonly model: TableConfig
    }

/** What of a model's configuration shapes its DDL. */
export interface TableConfig {
  readonly config: JsonObject
  readonly contract: ContractConfig
  readonly columns: readonly {
    readonly name: string
    readonly data_type: string | null
    readonly quote: boolean | null
    readonly description: string
    readonly constraints: readonly Constraint[]
  }[]
  readonly constraints: readonly Constraint[]
  /** `sql_header` or what `set_sql_header` gave; null when there is none. */
  readonly header: string | null
}

/** A statement's place of use: Athena's DDL wants backticks where its queries want double quotes. */
export type QuoteUse = 'ddl' | 'query'

/** How an engine spells things. Pure. */
export interface Dialect {
  /** The adapters whose macros apply, most specific first: `duckdb__x`, then `default__x`. */
  readonly dispatch: readonly string[]
  readonly supports: {
    readonly transactions: boolean
    readonly renameTable: boolean
    readonly constraints: Readonly<Record<Constraint['type'], 'enforced' | 'ignored' | 'refused'>>
  }
  readonly incrementalStrategies: readonly string[]
  readonly defaultIncrementalStrategy: string
  readonly quotePolicy: QuotePolicy
  quoteIdentifier(name: string, use?: QuoteUse): string
  render(relation: Relation, policy?: QuotePolicy, use?: QuoteUse): string
  /** A SQL literal; temporal values come as ISO text with a cast added by the caller. */
  literal(value: string | number | bigint | boolean | null): string
  sql(request: SqlRequest): string
  /** The query that reads a source declared with `external:`; undefined when the engine needs a table made for it. */
  externalSource(source: SourceNode, projectDir: string): string | undefined
  /** The engine's type for a spelling in a contract (`alias_types`), e.g. string → VARCHAR. */
  normalizeType(type: string): string
}
