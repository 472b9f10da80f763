import { join } from 'node:path'
import { yamlScope } from '../../context/yaml-scope.ts'
import { readProject, readRawProject } from '../../project/project-file.ts'
import { secretEnvVar } from '../../project/secrets.ts'
import { readVarsFile } from '../../project/vars-file.ts'
import type { PackagesProject } from '../services.ts'
import type { Adapters, EngineOptions } from './engine-options.ts'
import { pythonVars, templateInvocation } from './load.ts'
import { withoutTarget } from './read-target.ts'
import { yamlRenderer } from './yaml-renderer.ts'

/** The project as `deps` sees it: without a profile, and so without a target. */
export const readPackagesProject = async (
  options: EngineOptions,
  adapters: Adapters,
): Promise<PackagesProject> => {
  const { files, flags } = options
  const { env } = options.invocation
  const invocation = templateInvocation(options)
  const raw = readRawProject(files, flags.project_dir)
  // Only names are looked up in these scopes; any dialect serves.
  const { dialect } = await adapters.duckdb!()
  const facts = withoutTarget(raw.name ?? '', dialect)
  const varsFile = readVarsFile(files, raw.root)
  const { config } = readProject(raw, {
    render: yamlRenderer(
      yamlScope({ invocation, facts, vars: pythonVars({ ...varsFile, ...flags.vars }) }),
    ),
    versionCheck: flags.version_check,
    varsFile,
  })
  return {
    name: config.name,
    directory: config.root,
    installPath: join(config.root, config.packagesInstallPath),
    tools: {
      env,
      render: yamlRenderer(
        yamlScope({
          invocation,
          facts,
          hidesTarget: true,
          vars: pythonVars(flags.vars),
          envVar: secretEnvVar(env),
        }),
      ),
    },
  }
}
