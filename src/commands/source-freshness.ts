import { isAbsolute, join } from 'node:path'
import { sourcesJson } from '../artifacts/sources.ts'
import { writeArtifact } from '../artifacts/write.ts'
import type { CommandFunction } from './command-function.ts'
import { loadProject } from './load-project.ts'
import { runNodes } from './run-nodes.ts'
import { artifactContext, artifactPath } from './save-artifacts.ts'

/**
 * Asks sources how old they are and writes sources.json. Stale beyond `error_after`, or not to be
 * asked, is a failure.
 */
export const sourceFreshness: CommandFunction = async services => {
  const { flags, invocation } = services
  const loaded = await loadProject(services)
  const outcome = await runNodes(services, loaded, { which: 'freshness' })
  const path =
    flags.output === null
      ? artifactPath(loaded, 'sources.json')
      : isAbsolute(flags.output)
        ? flags.output
        : join(invocation.workingDirectory, flags.output)
  const { results, elapsed } = outcome
  const { sources } = loaded.manifest
  writeArtifact(path, sourcesJson({ results, elapsed, sources }, artifactContext(services)))
  return (
    !outcome.cancelled &&
    results.every(({ status }) => status !== 'error' && status !== 'runtime error')
  )
}
