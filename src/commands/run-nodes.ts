import type { NodeInfo } from '../core/events.ts'
import { graphNode } from '../core/manifest.ts'
import { nodeInfo } from '../core/node-info.ts'
import type { NodeResult } from '../core/result.ts'
import { criteriaOf } from './criteria.ts'
import { saveManifest, saveRunResults } from './save-artifacts.ts'
import type { Loaded, RunOutcome, RunRequest, Services } from './services.ts'

const nothing = (loaded: Loaded): RunOutcome => ({
  results: [],
  manifest: loaded.manifest,
  elapsed: 0,
  cancelled: false,
  previews: new Map(),
})

/**
 * Selects and runs nodes and writes manifest.json and run_results.json, whatever became of the
 * nodes. The manifest is written when the run is over, with the compiled code; when the run cannot
 * even start, as it was parsed.
 */
export const runNodes = async (
  services: Services,
  loaded: Loaded,
  options: { readonly which: RunRequest['which']; readonly limit?: number },
): Promise<RunOutcome> => {
  const outcome = await attempt(services, loaded, options)
  try {
    saveManifest(services, loaded, outcome.manifest)
    saveRunResults(services, loaded, outcome)
  } finally {
    // Told even when the files cannot be written: the disk may be full.
    services.emit({
      kind: 'runFinished',
      command: services.flags.which,
      results: outcome.results,
      nodes: infoOf(outcome),
      elapsed: outcome.elapsed,
      cancelled: outcome.cancelled,
      previews: outcome.previews,
    })
  }
  return outcome
}

const attempt = async (
  services: Services,
  loaded: Loaded,
  options: { readonly which: RunRequest['which']; readonly limit?: number },
): Promise<RunOutcome> => {
  try {
    const nodes = await services.select(loaded, criteriaOf(services))
    if (nodes.length === 0) {
      services.emit({ kind: 'nothingSelected', command: services.flags.which })
      return nothing(loaded)
    }
    return await services.run({ loaded, nodes, ...options })
  } catch (error) {
    saveManifest(services, loaded)
    throw error
  }
}

const infoOf = (outcome: RunOutcome): ReadonlyMap<string, NodeInfo> =>
  new Map(
    outcome.results.flatMap(result => {
      const node = graphNode(outcome.manifest, result.unique_id)
      return node ? [[result.unique_id, nodeInfo(node)] as const] : []
    }),
  )

/** Whether results make an exit code of 0: skipped nodes fail too, exposures apart, as in dbt. */
export const allWell = (results: readonly NodeResult[], cancelled: boolean): boolean =>
  !cancelled &&
  results.every(
    ({ status, unique_id }) =>
      status === 'success' ||
      status === 'pass' ||
      status === 'warn' ||
      status === 'no-op' ||
      (status === 'skipped' && unique_id.startsWith('exposure.')),
  )
