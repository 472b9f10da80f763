import type { NavoError } from './errors.ts'
import type { AdapterResponse, QueryResult } from './query-result.ts'

/** dbt's words for how a node ended. */
export type NodeStatus =
  | 'success'
  | 'error'
  | 'skipped'
  | 'partial success'
  | 'no-op'
  | 'pass'
  | 'fail'
  | 'warn'
  | 'runtime error'

export interface Timing {
  readonly name: 'compile' | 'execute'
  readonly started_at: Date
  readonly completed_at: Date
}

export interface NodeResult {
  readonly unique_id: string
  readonly status: NodeStatus
  readonly timing: readonly Timing[]
  /** `Thread-1 (worker)` … as in dbt. */
  readonly thread_id: string
  /** Seconds. */
  readonly execution_time: number
  readonly message: string | null
  /** Failing rows of a test; null for other nodes. */
  readonly failures: number | null
  readonly adapter_response: AdapterResponse | Record<string, never>
  readonly compiled: boolean | null
  readonly compiled_code: string | null
  readonly relation_name: string | null
  /** What went wrong, with its place; never serialized as it is. */
  readonly error?: NavoError
  /** The first rows that failed a test, for the terminal. */
  readonly sample?: QueryResult
  /** Freshness figures of a source. */
  readonly freshness?: FreshnessResult
}

export interface FreshnessResult {
  readonly max_loaded_at: string
  readonly snapshotted_at: string
  readonly max_loaded_at_time_ago_in_s: number
}

export const isFailure = (status: NodeStatus): boolean =>
  status === 'error' ||
  status === 'fail' ||
  status === 'runtime error' ||
  status === 'partial success'
