import type { JsonObject } from '../core/json.ts'
import type { SourceNode } from '../core/manifest.ts'
import type { NodeResult } from '../core/result.ts'
import { type ArtifactContext, artifactMetadata } from './metadata.ts'
import { timingJson } from './run-results.ts'

/** sources.json, version 3. `elapsed` in seconds. */
export function* sourcesJson(
  run: {
    readonly results: readonly NodeResult[]
    readonly sources: ReadonlyMap<string, SourceNode>
    readonly elapsed: number
  },
  context: ArtifactContext,
): Generator<string> {
  const results = run.results.flatMap(result => {
    const source = run.sources.get(result.unique_id)
    return source === undefined ? [] : [freshnessJson(result, source)]
  })
  yield JSON.stringify({
    metadata: artifactMetadata('sources/v3', context),
    results,
    elapsed_time: run.elapsed,
  })
}

/** A source that could not be asked has its error instead of figures, as in dbt. */
const freshnessJson = (result: NodeResult, source: SourceNode): JsonObject => {
  const { freshness } = result
  if (freshness === undefined)
    return {
      unique_id: result.unique_id,
      error: result.message,
      status: 'runtime error',
    }
  const unset = { count: null, period: null }
  return {
    unique_id: result.unique_id,
    max_loaded_at: freshness.max_loaded_at,
    snapshotted_at: freshness.snapshotted_at,
    max_loaded_at_time_ago_in_s: freshness.max_loaded_at_time_ago_in_s,
    status: result.status,
    criteria: {
      warn_after: { ...(source.freshness?.warn_after ?? unset) },
      error_after: { ...(source.freshness?.error_after ?? unset) },
      filter: source.freshness?.filter ?? null,
    },
    adapter_response: result.adapter_response as JsonObject,
    timing: timingJson(result),
    thread_id: result.thread_id,
    execution_time: result.execution_time,
  }
}
