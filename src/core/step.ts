import type { Relation, RelationState } from './relation.ts'
import type { SeedTable } from './seed.ts'

/**
 * What a materialization wants done, as data: comparable in tests, printable in a dry run, and
 * carried out by each warehouse in its own way (on Athena a swap or a drop touches Glue and S3).
 */
export type Step =
  | {
      readonly kind: 'sql'
      readonly sql: string
      /** The statement that stands for the node: its response is the node's, its text goes to target/run. */
      readonly main?: boolean
    }
  | { readonly kind: 'begin' }
  | { readonly kind: 'commit' }
  /** Creates the seed's table when `create` is set, then loads the file's rows. Always the main step. */
  | {
      readonly kind: 'load'
      readonly into: Relation
      readonly seed: SeedTable
      readonly create: boolean
      /** What the node's message begins with: `CREATE 3` under a full refresh, else `INSERT 3`. */
      readonly code: 'CREATE' | 'INSERT'
    }
  /** Puts `staged` into the place of `live`; both are of type `type`, what `live` replaces may be any. */
  | {
      readonly kind: 'swap'
      readonly staged: Relation
      readonly live: Relation
      readonly type: 'table' | 'view'
      readonly replaces: RelationState | undefined
      /** Tables that refer to `live` and are rebuilt later in this run, so that they may be detached. */
      readonly rebuilt: readonly Relation[]
    }
  | {
      readonly kind: 'drop'
      readonly relation: RelationState
      readonly rebuilt?: readonly Relation[]
    }
  /**
   * Waits until no other session works on tables that foreign keys tie together; freed by commit or
   * rollback. With `ifReferenced` it is kept only when a foreign key refers to the relation.
   */
  | { readonly kind: 'lock'; readonly relation: Relation; readonly ifReferenced: boolean }
  /** A hook as the project wrote it: the driver renders it when its turn comes, and runs what is not empty. */
  | { readonly kind: 'hook'; readonly sql: string; readonly when: 'pre' | 'post' }
  /** Told to the user by the driver; the warehouse does nothing. */
  | { readonly kind: 'warn'; readonly message: string; readonly once: boolean }

export interface StepReport {
  /** Rows written or changed, when the engine says so. */
  readonly rows?: number
  /** `adapter_response._message` of a main step, e.g. `OK` or `INSERT 3`. */
  readonly message?: string
  /** `adapter_response.code`, e.g. `INSERT`. */
  readonly code?: string
  /** What was sent for a step that is not text, for target/run. */
  readonly sql?: string
  readonly queryId?: string
  readonly bytesScanned?: number
}
