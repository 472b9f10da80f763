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
  | { readonly kind: 'load'; readonly into: Relation; readonly seed: SeedTable }
  | { readonly kind: 'swap'; readonly staged: Relation; readonly live: Relation }
  | { readonly kind: 'drop'; readonly relation: RelationState }
  | { readonly kind: 'hook'; readonly sql: string }

export interface StepReport {
  /** Rows written or changed, when the engine says so. */
  readonly rows?: number
  readonly message?: string
  readonly queryId?: string
  readonly bytesScanned?: number
}
