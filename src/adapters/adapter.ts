import type { Column } from '../core/column.ts'
import { DatabaseError, type ErrorDetails } from '../core/errors.ts'
import type { JsonObject } from '../core/json.ts'
import type { Constraint, SourceNode } from '../core/manifest.ts'
import type { QueryResult } from '../core/query-result.ts'
import type { QuotePolicy, Relation, RelationState, Schema } from '../core/relation.ts'
import type { SqlRequest } from '../core/sql-request.ts'
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
  /** Called with every statement as it is sent. */
  readonly onSql?: (sql: string, session: string) => void
  /** The statement with the project's query comment; without it, statements go out as they are. */
  readonly decorate?: (sql: string, session: string) => string
}

/** The warehouse refused a statement; the place is that within the statement, one-based. */
export class StatementError extends DatabaseError {
  constructor(
    message: string,
    readonly statement: string,
    readonly place: { readonly line: number; readonly column: number } | undefined,
    details: ErrorDetails & { readonly code?: string } = {},
  ) {
    super(message, details)
  }
}

/** A live connection to the engine; one for an invocation. */
export interface Warehouse {
  /** Engine name and version for the log. */
  readonly version: string
  /**
   * A connection of its own for one thread: statements run in order, transactions are its own.
   * @param signal cancels this session's statements alone
   */
  session(name: string, signal?: AbortSignal): Promise<Session>
  /** Creates what is missing. Called once, before threads start. */
  createSchemas(schemas: readonly Schema[]): Promise<void>
  relations(schemas: readonly Schema[]): Promise<readonly RelationState[]>
  /**
   * Makes sources declared with `external:` readable under their own names. Called once, before
   * threads start, with the sources that the run uses.
   */
  prepareSources(sources: readonly SourceNode[], projectDir: string): Promise<void>
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
  /** Carries out one step. `hook` steps come here rendered, as `sql` steps; `warn` steps never. */
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

/** A statement's place of use: Athena's DDL wants backticks where its queries want double quotes. */
export type QuoteUse = 'ddl' | 'query'

/** How an engine spells things. Pure. */
export interface Dialect {
  /** The adapters whose macros apply, most specific first: `duckdb__x`, then `default__x`. */
  readonly dispatch: readonly string[]
  readonly supports: {
    readonly transactions: boolean
    readonly renameTable: boolean
    readonly temporaryTables: boolean
    readonly grants: boolean
    readonly constraints: Readonly<Record<Constraint['type'], 'enforced' | 'ignored' | 'refused'>>
  }
  readonly incrementalStrategies: readonly string[]
  readonly quotePolicy: QuotePolicy
  quoteIdentifier(name: string, use?: QuoteUse): string
  render(relation: Relation, policy?: QuotePolicy, use?: QuoteUse): string
  /** A SQL literal; temporal values come as ISO text with a cast added by the caller. */
  literal(value: string | number | bigint | boolean | null): string
  /** Throws RuntimeError for an incremental strategy it does not know. */
  sql(request: SqlRequest): string
  /** `create_table_as` for a constraint-bearing table and others may be several statements. */
  truncate(relation: Relation): string
  addColumn(relation: Relation, column: Column): string
  dropColumn(relation: Relation, name: string): string
  alterColumnType(relation: Relation, name: string, type: string): string
  /** `query` cut to its first rows; the limit is appended, as dbt does it, not merged. */
  limit(query: string, rows: number | null): string
  safeCast(expression: string, type: string): string
  /** What `{{ source() }}` renders to when the source is not a relation; undefined when it is one. */
  sourceExpression(source: SourceNode): string | undefined
  /** dbt's `Column.data_type` of a column: `VARCHAR` → `character varying(256)`. */
  columnDataType(type: string): string
  /** The engine's type for a spelling in a contract (`alias_types`), e.g. string → TEXT. */
  translateType(type: string): string
}
