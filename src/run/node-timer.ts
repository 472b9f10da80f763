import { errorText } from '../core/error-text.ts'
import type { NavoError } from '../core/errors.ts'
import type { AdapterResponse, QueryResult } from '../core/query-result.ts'
import type { FreshnessResult, NodeResult, NodeStatus, Timing } from '../core/result.ts'

/** What a node's result says beside its times. */
export interface Ending {
  readonly status: NodeStatus
  readonly message?: string | null
  readonly failures?: number | null
  readonly response?: AdapterResponse
  readonly compiled?: boolean | null
  readonly compiledCode?: string | null
  readonly relationName?: string | null
  readonly error?: NavoError
  readonly sample?: QueryResult
  readonly freshness?: FreshnessResult
}

/** Times one node's compiling and executing, and makes its result. */
export class NodeTimer {
  readonly #now: () => Date
  readonly #thread: string
  readonly #began: Date
  #executing: Date | undefined

  constructor(now: () => Date, thread: string) {
    this.#now = now
    this.#thread = thread
    this.#began = now()
  }

  /** Compiling has ended, executing begins. */
  compiled(): void {
    this.#executing = this.#now()
  }

  end(uniqueId: string, ending: Ending): NodeResult {
    const ended = this.#now()
    const compile: Timing = {
      name: 'compile',
      started_at: this.#began,
      completed_at: this.#executing ?? ended,
    }
    const execute: readonly Timing[] = this.#executing
      ? [{ name: 'execute', started_at: this.#executing, completed_at: ended }]
      : []
    return {
      unique_id: uniqueId,
      status: ending.status,
      timing: [compile, ...execute],
      thread_id: this.#thread,
      execution_time: (ended.getTime() - this.#began.getTime()) / 1000,
      message: ending.message ?? (ending.error ? errorText(ending.error) : null),
      failures: ending.failures ?? null,
      adapter_response: ending.response ?? {},
      compiled: ending.compiled ?? null,
      compiled_code: ending.compiledCode ?? null,
      relation_name: ending.relationName ?? null,
      error: ending.error,
      sample: ending.sample,
      freshness: ending.freshness,
    }
  }
}

/** dbt's message of a node that fail-fast kept from running. */
export const failFastMessage = 'Skipping due to fail_fast'

/** The result of a node that was not run. */
export const skippedResult = (
  node: {
    readonly unique_id: string
    readonly relation_name?: string | null
    readonly resource_type: string
  },
  thread: string,
  message: string | null,
): NodeResult => ({
  unique_id: node.unique_id,
  status: 'skipped',
  timing: [],
  thread_id: thread,
  execution_time: 0,
  message,
  failures: null,
  adapter_response: {},
  compiled: node.resource_type === 'unit_test' || node.resource_type === 'exposure' ? null : false,
  compiled_code: null,
  relation_name: node.relation_name ?? null,
})
