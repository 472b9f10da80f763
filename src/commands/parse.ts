import { writeArtifact } from '../artifacts/write.ts'
import type { CommandFunction } from './command-function.ts'
import { loadProject } from './load-project.ts'
import { artifactPath, saveManifest } from './save-artifacts.ts'

/** Parses the project and writes manifest.json; no database is touched. */
export const parse: CommandFunction = async services => {
  const began = services.now().getTime()
  const loaded = await loadProject(services, { silent: true })
  saveManifest(services, loaded)
  const path = artifactPath(loaded, 'perf_info.json')
  const elapsed = (services.now().getTime() - began) / 1000
  writeArtifact(path, [`${JSON.stringify({ load_all_elapsed: elapsed })}\n`])
  services.emit({
    kind: 'note',
    level: 'info',
    name: 'ParsePerfInfoPath',
    text: `Performance info: ${path}`,
  })
  return true
}
