export type RelationType = 'table' | 'view' | 'external' | 'cte'

/** Names a table or view. `database` is null where the engine has none (a path-less relation). */
export interface Relation {
  readonly database: string | null
  readonly schema: string | null
  readonly identifier: string
}

export interface Schema {
  readonly database: string | null
  readonly schema: string
}

/** A relation that the warehouse reports to exist. */
export interface RelationState extends Relation {
  readonly type: RelationType
  /** Key constraints a table had when the warehouse was asked; absent where the engine has none. */
  readonly keys?: readonly ('primary_key' | 'unique' | 'foreign_key')[]
}

/** Which parts of a relation's name are quoted when it is rendered; dbt's `quoting` config. */
export interface QuotePolicy {
  readonly database: boolean
  readonly schema: boolean
  readonly identifier: boolean
}

/** Equal names under DuckDB's and Athena's case-insensitive identifiers. */
export const relationKey = (relation: Relation): string =>
  `${relation.database ?? ''}\u0000${relation.schema ?? ''}\u0000${relation.identifier}`.toLowerCase()
