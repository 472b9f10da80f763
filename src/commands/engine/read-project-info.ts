import { readProject, readRawProject } from '../../project/project-file.ts'
import { readVarsFile } from '../../project/vars-file.ts'
import type { ProjectInfo } from '../services.ts'
import type { EngineOptions } from './engine-options.ts'
import { projectInfo } from './load.ts'

/**
 * The project file alone: what `clean` and `init` need, before any profile is looked for. Jinja in
 * it stays as it is.
 */
export const readProjectInfo = (options: EngineOptions): ProjectInfo => {
  const raw = readRawProject(options.files, options.flags.project_dir)
  const { config } = readProject(raw, {
    render: text => text,
    versionCheck: false,
    varsFile: readVarsFile(options.files, raw.root),
  })
  return projectInfo(config, options)
}
