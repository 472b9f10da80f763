import { join, relative } from 'node:path'
import { errorText } from '../../core/error-text.ts'
import { NavoError } from '../../core/errors.ts'
import type { JsonObject } from '../../core/json.ts'
import { yamlToPython } from '../../parse/yaml-to-python.ts'
import { profilesDirectory } from '../../project/profile.ts'
import {
  findProjectFile,
  projectFileNames,
  type RawProject,
  readRawProject,
} from '../../project/project-file.ts'
import type { DebugCheck, DebugReport } from '../services.ts'
import type { Adapters, EngineOptions } from './engine-options.ts'
import { templateInvocation } from './load.ts'
import { readProjectInfo } from './read-project-info.ts'
import { type ChosenTarget, readTarget } from './read-target.ts'

const ok: DebugCheck = { status: 'OK found and valid' }

const problemOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  return error instanceof NavoError ? errorText(error) : error.message
}

const checkProject = (options: EngineOptions): DebugCheck => {
  const { files, flags } = options
  const file = findProjectFile(files, flags.project_dir)
  if (file === undefined) {
    return {
      status: 'ERROR not found',
      problem: `Could not load dbt_project.yml\nProject loading failed for the following reason:\n project path <${join(flags.project_dir, projectFileNames[0])}> not found`,
    }
  }
  try {
    readProjectInfo(options)
    return ok
  } catch (error) {
    return {
      status: 'ERROR invalid',
      problem: `Project loading failed for the following reason:\n${problemOf(error)}`,
    }
  }
}

// Without a project the profile can still be checked, when --profile names one.
const rawProject = (options: EngineOptions): RawProject | undefined => {
  try {
    return readRawProject(options.files, options.flags.project_dir)
  } catch {
    return undefined
  }
}

const chooseTarget = async (
  options: EngineOptions,
  adapters: Adapters,
): Promise<ChosenTarget | DebugCheck> => {
  const raw = rawProject(options)
  if (!raw)
    return {
      status: 'ERROR not found',
      problem: 'Profile loading failed: there is no project to take its name from',
    }
  const given = Object.entries(options.flags.vars as JsonObject)
  const vars = new Map(given.map(([name, value]) => [name, yamlToPython(value as never)] as const))
  try {
    return await readTarget(options, adapters, templateInvocation(options), raw, vars)
  } catch (error) {
    const directory = profilesPlace(options)
    if (options.files.stat(join(directory, 'profiles.yml')) === undefined)
      return { status: 'ERROR not found', problem: noProfilesFile(shortPath(options, directory)) }
    return {
      status: 'ERROR invalid',
      problem: `Profile loading failed for the following reason:\n${problemOf(error)}\n`,
    }
  }
}

/** Relative when it lies below the working directory, as the user most likely gave it. */
const shortPath = ({ invocation }: EngineOptions, path: string): string => {
  const below = relative(invocation.workingDirectory, path)
  return below === '' || below.startsWith('..') ? path : below
}

const noProfilesFile = (directory: string): string =>
  `dbt looked for a profiles.yml file in ${join(directory, 'profiles.yml')}, but did\nnot find one. Make one there, or name its folder by --profiles-dir.\n`

const isCheck = (value: ChosenTarget | DebugCheck): value is DebugCheck => 'status' in value

const connection = (
  options: EngineOptions,
  chosen: ChosenTarget,
): NonNullable<DebugReport['connect']> => ({
  adapter: { name: chosen.adapter.name, version: options.invocation.version },
  shown: [
    ['database', String(chosen.target.database)],
    ['schema', chosen.target.schema],
    ...Object.entries(chosen.shown)
      .filter(([name]) => name !== 'database' && name !== 'schema')
      .map(
        ([name, value]) =>
          [
            name,
            value === null
              ? 'None'
              : typeof value === 'object'
                ? JSON.stringify(value)
                : String(value),
          ] as const,
      ),
  ],
  test: async () => {
    try {
      const warehouse = await chosen.adapter.connect(chosen.settings, { signal: options.signal })
      try {
        const session = await warehouse.session('debug')
        await session.query('select 1 as id')
        await session.release()
      } finally {
        await warehouse.close()
      }
      return undefined
    } catch (error) {
      return problemOf(error)
    }
  },
})

const profilesPlace = (options: EngineOptions): string =>
  profilesDirectory(
    { profilesDir: options.flags.profiles_dir ?? undefined },
    {
      fs: options.files,
      cwd: options.invocation.workingDirectory,
      home: options.invocation.env.HOME ?? '~',
    },
  )

/** What `debug` tells: versions, paths, the state of project and profile, the connection. */
export const diagnose = async (
  options: EngineOptions,
  adapters: Adapters,
): Promise<DebugReport> => {
  const chosen = await chooseTarget(options, adapters)
  const directory = profilesPlace(options)
  const builtIn = isCheck(chosen) ? null : chosen.profile.builtInPath
  const projectFile =
    findProjectFile(options.files, options.flags.project_dir) ?? projectFileNames[0]
  return {
    facts: [
      `navo version: ${options.invocation.version}`,
      `node version: ${process.version}`,
      `os info: ${process.platform} ${process.arch}`,
      ...(builtIn === null
        ? [
            `Using profiles dir at ${directory}`,
            `Using profiles.yml file at ${join(directory, 'profiles.yml')}`,
          ]
        : [`Using the built-in target ${builtIn}: the project names no profile`]),
      `Using ${projectFile} file at ${join(options.flags.project_dir, projectFile)}`,
      ...(isCheck(chosen) ? [] : [`adapter type: ${chosen.adapter.name}`]),
    ],
    profile: isCheck(chosen) ? chosen : ok,
    project: checkProject(options),
    connect: isCheck(chosen) ? undefined : connection(options, chosen),
  }
}
