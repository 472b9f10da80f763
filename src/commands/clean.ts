import { relative } from 'node:path'
import { RuntimeError } from '../core/errors.ts'
import type { CommandFunction } from './command-function.ts'

/** Removes the folders in clean-targets; refuses source folders and what lies outside the project. */
export const clean: CommandFunction = async services => {
  const { flags, emit, files } = services
  const project = await services.project()
  const sources = new Set(project.sourcePaths)
  const guarded = project.cleanTargets.filter(path => sources.has(path))
  if (guarded.length > 0)
    throw new RuntimeError(`dbt will not clean the following source paths: ${listed(guarded)}`, {
      code: 'clean-source-path',
    })
  const outside = project.cleanTargets.filter(path => !isInside(project.directory, path))
  if (outside.length > 0 && flags.clean_project_files_only)
    throw new RuntimeError(
      `dbt will not clean the following directories outside the project: ${listed(outside)}`,
      {
        code: 'clean-outside-project',
        hint: 'pass --no-clean-project-files-only to remove them all the same',
      },
    )
  for (const path of new Set(project.cleanTargets)) {
    emit({ kind: 'note', level: 'info', name: 'CheckCleanPath', text: `Checking ${path}/*` })
    files.remove(path)
    emit({ kind: 'note', level: 'info', name: 'ConfirmCleanPath', text: `Cleaned ${path}/*` })
  }
  emit({
    kind: 'note',
    level: 'info',
    name: 'FinishedCleanPaths',
    text: 'Finished cleaning all paths.',
  })
  return true
}

const listed = (paths: readonly string[]): string => `[${paths.map(p => `'${p}'`).join(', ')}]`

/** The project directory itself is not inside: it would take everything with it. */
const isInside = (directory: string, path: string): boolean => {
  const within = relative(directory, path)
  return within !== '' && !within.startsWith('..')
}
