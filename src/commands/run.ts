import type { CommandFunction } from './command-function.ts'
import { loadProject } from './load-project.ts'
import { allWell, runNodes } from './run-nodes.ts'
import type { RunRequest } from './services.ts'

const runCommand =
  (which: RunRequest['which']): CommandFunction =>
  async services => {
    const loaded = await loadProject(services)
    const outcome = await runNodes(services, loaded, { which })
    return allWell(outcome.results, outcome.cancelled)
  }

/** Builds models. */
export const run = runCommand('run')
/** Runs data tests and unit tests. */
export const test = runCommand('test')
/** Runs snapshots. */
export const snapshot = runCommand('snapshot')
/** Seeds, models, snapshots and tests in the order of the graph. */
export const build = runCommand('build')
