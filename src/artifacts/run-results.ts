import type { Json, JsonObject } from '../core/json.ts'
import type { NodeResult } from '../core/result.ts'
import { type ArtifactContext, artifactMetadata, artifactTime } from './metadata.ts'

/** One row of run_results.json, also what `results` in on-run-end hooks is made of. */
const resultJson = (result: NodeResult): JsonObject => ({
  status: result.status,
  timing: timingJson(result),
  thread_id: result.thread_id,
  execution_time: result.execution_time,
  adapter_response: result.adapter_response as JsonObject,
  message: result.message,
  failures: result.failures,
  unique_id: result.unique_id,
  compiled: result.compiled,
  compiled_code: result.compiled_code,
  relation_name: result.relation_name,
  batch_results: null,
  overload_results: null,
})

/** When a node was compiled and executed, as artifacts have it. */
export const timingJson = (result: NodeResult): readonly JsonObject[] =>
  result.timing.map(timing => ({
    name: timing.name,
    started_at: artifactTime(timing.started_at),
    completed_at: artifactTime(timing.completed_at),
  }))

/** run_results.json, version 6. `elapsed` in seconds; `args` as the flags record them. */
export function* runResultsJson(
  run: {
    readonly results: readonly NodeResult[]
    readonly elapsed: number
    readonly args: Readonly<Record<string, Json>>
  },
  context: ArtifactContext,
): Generator<string> {
  yield `{"metadata":${JSON.stringify(artifactMetadata('run-results/v6', context))},"results":[`
  let comma = ''
  for (const result of run.results) {
    yield comma + JSON.stringify(resultJson(result))
    comma = ','
  }
  yield `],"elapsed_time":${run.elapsed},"args":${JSON.stringify(run.args)}}`
}
