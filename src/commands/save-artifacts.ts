import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { manifestHead, manifestJson } from '../artifacts/manifest.ts'
import type { ArtifactContext } from '../artifacts/metadata.ts'
import { runResultsJson } from '../artifacts/run-results.ts'
import { writeArtifact } from '../artifacts/write.ts'
import type { Manifest } from '../core/manifest.ts'
import type { NodeResult } from '../core/result.ts'
import type { Loaded, Services } from './services.ts'

/** What artifacts say of the current invocation. */
export const artifactContext = ({ invocation, now }: Services): ArtifactContext => ({
  invocationId: invocation.id,
  startedAt: invocation.startedAt,
  generatedAt: now(),
  env: invocation.env,
})

/** Where an artifact of the project lies. */
export const artifactPath = (loaded: Loaded, name: string): string =>
  join(loaded.project.targetPath, name)

/** Writes target/manifest.json, unless --no-write-json. */
export const saveManifest = (
  services: Services,
  loaded: Loaded,
  manifest: Manifest = loaded.manifest,
): void => {
  if (!services.flags.write_json) return
  const projectId = createHash('md5').update(loaded.project.name).digest('hex')
  const facts = { projectId, quoting: loaded.quoting }
  const context = artifactContext(services)
  const body = manifest === loaded.manifest ? loaded.manifestBody?.() : undefined
  const pieces =
    body === undefined
      ? manifestJson(manifest, facts, context)
      : [manifestHead(manifest, facts, context), body]
  writeArtifact(artifactPath(loaded, 'manifest.json'), pieces)
}

/** Writes target/run_results.json, unless --no-write-json. `elapsed` in seconds. */
export const saveRunResults = (
  services: Services,
  loaded: Loaded,
  run: { readonly results: readonly NodeResult[]; readonly elapsed: number },
): void => {
  if (!services.flags.write_json) return
  writeArtifact(
    artifactPath(loaded, 'run_results.json'),
    runResultsJson({ ...run, args: services.flags.recorded }, artifactContext(services)),
  )
}
