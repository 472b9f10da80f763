import { join } from 'node:path'
import { RuntimeError } from '../core/errors.ts'
import type { CommandFunction } from './command-function.ts'
import type { Services } from './services.ts'
import { starterProfile, starterProject } from './starter-project.ts'

/**
 * Makes a small project that builds as it is, in a folder of its name. Asks for what was not given
 * only on a terminal.
 */
export const init: CommandFunction = async services => {
  const { emit, files, invocation } = services
  const name = await projectName(services)
  const folder = join(invocation.workingDirectory, name)
  if (files.stat(folder) !== undefined)
    throw new RuntimeError(`A folder called ${name} already exists here.`, {
      code: 'init-exists',
      hint: 'choose another name: navo init NAME',
    })
  const project = starterProject(name)
  for (const [path, text] of Object.entries(project)) files.writeText(join(folder, path), text)
  await writeProfile(services, name, folder)
  emit({
    kind: 'note',
    level: 'info',
    name: 'ProjectCreated',
    text: `Your new project "${name}" was created in ${folder}\n\n  cd ${name}\n  navo build\n`,
  })
  return true
}

const fallbackName = 'my_project'

const projectName = async ({ flags, invocation, ask }: Services): Promise<string> => {
  const given =
    flags.project_name ??
    (invocation.interactive
      ? await ask(`Name of the project (letters, digits, underscore) [${fallbackName}]: `)
      : fallbackName)
  const name = given.trim() === '' ? fallbackName : given.trim()
  if (!/^[A-Za-z_]\w*$/.test(name))
    throw new RuntimeError(`${name} is not a valid project name.`, {
      code: 'init-name',
      hint: 'use letters, digits and underscores, a letter first',
    })
  return name
}

/** Only when somebody is there to choose a file; else the built-in target does. */
const writeProfile = async (services: Services, name: string, folder: string): Promise<void> => {
  const { flags, files, invocation, ask } = services
  if (flags.skip_profile_setup || !invocation.interactive) return
  const path = (await ask('Database file (empty: navo.duckdb, without a profile): ')).trim()
  if (path === '') return
  files.writeText(join(folder, 'profiles.yml'), starterProfile(name, path))
}
