import type { NavoError } from './errors.ts'
import type { JsonObject } from './json.ts'
import type { QueryResult } from './query-result.ts'
import type { NodeResult } from './result.ts'

export type Level = 'debug' | 'info' | 'warn' | 'error'

/** What events say of the node they are about: dbt's `node_info`. */
export interface NodeInfo {
  readonly unique_id: string
  readonly node_name: string
  readonly node_path: string
  readonly resource_type: string
  readonly materialized: string | null
  readonly meta: JsonObject
  readonly node_checksum: string
  /** Relative to the project. */
  readonly original_file_path: string
  /** Relative to the project; null until compiled, and for what has no SQL. */
  readonly compiled_path: string | null
  /** What a test is attached to; the name of a source table's source. */
  readonly attached_node?: string | null
  readonly source_name?: string
  /** Where a test keeps its failures, when it does. */
  readonly failures_in?: string | null
  readonly node_relation: {
    readonly database: string | null
    readonly schema: string
    readonly alias: string
    readonly relation_name: string | null
  } | null
}

/** How many of each there are, and what the run will do with them. */
export interface ProjectCounts {
  readonly counts: readonly { readonly resource: string; readonly count: number }[]
}

/**
 * Everything that happens in an invocation, in one union. Wording lives in `cli/render`; whoever
 * emits says only what is the case.
 */
export type NavoEvent =
  | { readonly kind: 'started'; readonly version: string; readonly command: string }
  | { readonly kind: 'adapter'; readonly type: string; readonly version: string }
  | { readonly kind: 'builtInTarget'; readonly path: string }
  | { readonly kind: 'parsed'; readonly counts: ProjectCounts; readonly ms: number }
  | { readonly kind: 'nothingSelected'; readonly command: string }
  | { readonly kind: 'unusedSelector'; readonly text: string }
  | {
      readonly kind: 'runStarted'
      readonly total: number
      readonly threads: number
      readonly target: string
    }
  | {
      readonly kind: 'nodeStarted'
      readonly node: NodeInfo
      readonly index: number
      readonly total: number
      readonly thread?: string
    }
  | {
      /** A project hook is about to run; `name` is `<project>.on-run-start.0`. */
      readonly kind: 'hookStarted'
      readonly node: NodeInfo
      readonly name: string
      readonly index: number
      readonly total: number
    }
  | { readonly kind: 'queryCancelled'; readonly node: NodeInfo }
  | {
      readonly kind: 'nodeFinished'
      readonly node: NodeInfo
      readonly index: number
      readonly total: number
      readonly result: NodeResult
    }
  | {
      readonly kind: 'hookFinished'
      readonly node: NodeInfo
      readonly name: string
      readonly index: number
      readonly total: number
      readonly result: NodeResult
    }
  | {
      readonly kind: 'runFinished'
      readonly command: string
      readonly results: readonly NodeResult[]
      /** By unique id, for every result. */
      readonly nodes: ReadonlyMap<string, NodeInfo>
      /** Rows by unique id that `seed --show` prints. */
      readonly previews?: ReadonlyMap<string, QueryResult>
      /** Seconds. */
      readonly elapsed: number
      readonly cancelled: boolean
    }
  | {
      readonly kind: 'sql'
      readonly sql: string
      readonly connection: string
      readonly node: NodeInfo | undefined
    }
  | { readonly kind: 'warning'; readonly code: string; readonly error: NavoError }
  | {
      /** `log()` and `print()` of a template; print goes out under --quiet too. */
      readonly kind: 'template'
      readonly text: string
      readonly level: 'debug' | 'info' | 'print'
      readonly node: NodeInfo | undefined
    }
  | { readonly kind: 'note'; readonly level: Level; readonly name: string; readonly text: string }
  | {
      /** An answer to the user (ls, show, compile, debug …): goes to stdout, under --quiet too. */
      readonly kind: 'answer'
      readonly name: string
      readonly text: string
      readonly data: Readonly<Record<string, unknown>>
    }
  | { readonly kind: 'failed'; readonly error: Error }

export type Emit = (event: NavoEvent) => void
