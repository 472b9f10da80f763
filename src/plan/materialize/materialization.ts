import type { Dialect } from '../../adapters/adapter.ts'
import type { Column } from '../../core/column.ts'
import type { Hook } from '../../core/manifest.ts'
import type { Relation, RelationState } from '../../core/relation.ts'
import type { SeedTable } from '../../core/seed.ts'
import type { SqlSource, TableConfig } from '../../core/sql-request.ts'
import type { Step } from '../../core/step.ts'

/** What the warehouse is asked between steps. Filled in by `run` from the session at hand. */
export interface Facts {
  /** From the cache that the run keeps of the schemas in use. */
  relation(of: Relation): RelationState | undefined
  /** Empty when there is no such relation. */
  columns(of: Relation): Promise<readonly Column[]>
  /** Columns that a query would give, without running it. */
  describe(sql: string): Promise<readonly Column[]>
}

/** A node to be built, with all that its configuration says. */
export interface MaterializeInput {
  readonly uniqueId: string
  readonly projectName: string
  readonly name: string
  readonly description: string
  readonly model: TableConfig
  readonly relation: Relation
  /** Compiled; empty for a seed. */
  readonly sql: string
  readonly seed?: SeedTable
  /** `--full-refresh`, unless the node's `full_refresh` config says otherwise. */
  readonly fullRefresh: boolean
  readonly hooks: { readonly pre: readonly Hook[]; readonly post: readonly Hook[] }
  readonly dialect: Dialect
  readonly source: SqlSource
  readonly facts: Facts
  readonly now: Date
  /**
   * Tables that this run builds anew after this node and because of it (its descendants): on
   * DuckDB a table that a foreign key refers to can only be replaced when these may be detached.
   */
  readonly rebuilt: readonly Relation[]
}

/** What stands ready to be published. */
export interface Staged {
  readonly relation: Relation
  /** Asks the warehouse: most materializations need not know. */
  columns(): Promise<readonly Column[]>
}

/**
 * A built-in materialization: pure functions to steps. `build` makes `staged` (undefined where the
 * live relation is made at once), `publish` brings it into the live one, `cleanup` runs after the
 * commit. Hooks, transaction, leftovers of killed runs and comments are the driver's
 * (`materialize`), as they are the same for all.
 */
export interface Materialization {
  /** What the live relation is when done. */
  readonly type: 'table' | 'view'
  /** Throws NavoError when the node cannot be built as configured. */
  build(input: MaterializeInput, existing: RelationState | undefined): Promise<Build>
  publish(
    input: MaterializeInput,
    existing: RelationState | undefined,
    staged: Staged | undefined,
  ): Promise<Publish>
}

export interface Build {
  readonly steps: readonly Step[]
  readonly staged: Relation | undefined
}

export interface Publish {
  readonly steps: readonly Step[]
  /** After the commit. */
  readonly cleanup: readonly Step[]
  /** A new table stands there: indexes are made. */
  readonly created: boolean
}
