import { CompilationError, NavoError, RuntimeError, UsageError } from '../core/errors.ts'
import type { FileSystem } from '../core/file-system.ts'
import type { JsonObject } from '../core/json.ts'
import { nearest } from '../core/nearest.ts'
import type { RawProject } from './project-file.ts'
import { type RenderNative, renderTree } from './render.ts'
import { maskCredentials, revealSecrets } from './secrets.ts'
import { readYaml, type YamlSource } from './yaml.ts'
import { yamlToJson } from './yaml-json.ts'
import { isYamlMap, type YamlMap, type YamlPath, type YamlValue } from './yaml-value.ts'

/** What the user chose, by flags or by their variables; undefined: not given. */
export interface ProfileOptions {
  readonly profile?: string
  readonly target?: string
  /** Absolute, or relative to the working directory. */
  readonly profilesDir?: string
  readonly threads?: number
}

export interface ProfileSurroundings {
  readonly fs: FileSystem
  /** Absolute. */
  readonly cwd: string
  readonly home: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Sees `var` and, for secrets, `secretEnvVar`. */
  readonly render: RenderNative
}

/** The output that an invocation runs against. */
export interface ProfileChoice {
  readonly profileName: string
  readonly targetName: string
  readonly type: string
  readonly threads: number
  /** The output's keys, rendered, secrets included, without `threads`. Never log it. */
  readonly raw: JsonObject
  /** The profiles.yml it comes from; null for the built-in target. */
  readonly file: string | null
  /** The built-in target's database file, absolute; the output of a run says that it is used. */
  readonly builtInPath: string | null
  /** False when neither the user nor the profile names a target: dbt logs that it takes `default`. */
  readonly targetNamed: boolean
}

/**
 * Chooses profile and target as dbt does, in its words when something is missing. Only a project
 * file without a `profile:` key may run without one: its profile is then the one named as the
 * project in a profiles.yml beside the project file, else, when the user named neither profile nor
 * target nor folder, a built-in DuckDB file beside the project file.
 * Throws RuntimeError, or UsageError for a folder that does not exist.
 */
export const chooseProfile = (
  project: RawProject,
  options: ProfileOptions,
  around: ProfileSurroundings,
): ProfileChoice => {
  const given = options.profilesDir
  if (given !== undefined) assertDirectory(around.fs, given)
  if (!project.hasProfileKey && options.profile === undefined) {
    return profileOfProject(project, options, around)
  }
  const name = options.profile ?? projectProfile(project, around)
  if (name === undefined) throw noProfileError(profilesDirectory(options, around))
  const directory = profilesDirectory(options, around)
  assertDirectory(around.fs, directory)
  const profiles = readProfiles(around.fs, directory)
  if (!profiles || profileNamed(profiles, name) === undefined) throw missingProfile(name, profiles)
  return chooseTarget(profiles, name, options, around)
}

/** Where dbt looks for profiles.yml: --profiles-dir, else the working directory, else ~/.dbt. */
export const profilesDirectory = (
  options: Pick<ProfileOptions, 'profilesDir'>,
  { fs, cwd, home }: Pick<ProfileSurroundings, 'fs' | 'cwd' | 'home'>,
): string => {
  if (options.profilesDir !== undefined) return options.profilesDir
  return fs.stat(`${cwd}/profiles.yml`) ? cwd : `${home}/.dbt`
}

/** A profiles.yml; undefined when the folder has none. Throws RuntimeError when it is broken. */
export const readProfiles = (fs: FileSystem, directory: string): YamlSource | undefined => {
  const path = `${directory.replace(/[\\/]$/, '')}/profiles.yml`
  const text = fs.readText(path)
  if (text === undefined) return undefined
  try {
    const source = readYaml(text, path)
    if (isYamlMap(source.value) && Object.keys(source.value).length > 0) return source
    throw unreadable(`The profiles.yml file at ${path} is empty`, source.spanOf([]))
  } catch (error) {
    if (!(error instanceof NavoError) || error.code !== 'yaml-syntax') throw error
    throw unreadable(`Runtime Error\n  ${indent(maskCredentials(error.message))}`, error.at)
  }
}

const indent = (text: string): string => text.replaceAll('\n', '\n  ')

const unreadable = (what: string, at: NavoError['at']): RuntimeError =>
  new RuntimeError(
    `\ndbt encountered an error while trying to read your profiles.yml file.\n\n${what}\n`,
    { at, code: 'profiles-invalid' },
  )

const assertDirectory = (fs: FileSystem, directory: string): void => {
  if (fs.stat(directory)) return
  throw new UsageError(`Invalid value for '--profiles-dir': Path '${directory}' does not exist.`)
}

const profileOfProject = (
  project: RawProject,
  options: ProfileOptions,
  around: ProfileSurroundings,
): ProfileChoice => {
  const beside = readProfiles(around.fs, project.root)
  const name = project.name
  if (beside && name !== null && profileNamed(beside, name) !== undefined)
    return chooseTarget(beside, name, options, around)
  if (options.target !== undefined || options.profilesDir !== undefined)
    throw noProfileError(profilesDirectory(options, around))
  const path = `${project.root}/navo.duckdb`
  return {
    profileName: name ?? 'navo',
    targetName: 'dev',
    type: 'duckdb',
    threads: options.threads ?? 4,
    raw: { type: 'duckdb', path, schema: 'main' },
    file: null,
    builtInPath: path,
    targetNamed: true,
  }
}

const projectProfile = (project: RawProject, around: ProfileSurroundings): string | undefined => {
  if (project.profile === null) return undefined
  const rendered = renderTree(project.profile, {
    source: project.source,
    render: around.render,
    at: ['profile'],
  })
  return String(revealSecrets(rendered, around.env))
}

const profileNamed = (profiles: YamlSource, name: string): YamlValue | undefined =>
  isYamlMap(profiles.value) && Object.hasOwn(profiles.value, name)
    ? profiles.value[name]
    : undefined

const noProfileError = (directory: string): RuntimeError =>
  new RuntimeError(
    [
      'dbt cannot run because no profile was specified for this dbt project.',
      'To specify a profile for this project, add a line like the this to',
      'your dbt_project.yml file:',
      '',
      'profile: [profile name]',
      '',
      'Here, [profile name] should be replaced with a profile name',
      'defined in your profiles.yml file. You can find profiles.yml here:',
      '',
      `${directory}/profiles.yml`,
      '',
    ].join('\n'),
    { code: 'no-profile' },
  )

const missingProfile = (name: string, profiles: YamlSource | undefined): RuntimeError => {
  const known = isYamlMap(profiles?.value) ? Object.keys(profiles.value) : []
  const near = nearest(name, known)
  return new RuntimeError(`Could not find profile named '${name}'`, {
    hint: near ? `did you mean '${near}'?` : undefined,
    code: 'profile-not-found',
  })
}

const chooseTarget = (
  profiles: YamlSource,
  profileName: string,
  options: ProfileOptions,
  around: ProfileSurroundings,
): ProfileChoice => {
  const profile = profileNamed(profiles, profileName)
  const fail = (message: string, path: YamlPath, hint?: string): RuntimeError =>
    new RuntimeError(message, { at: profiles.spanOf(path), hint, code: 'profile-invalid' })
  if (!isYamlMap(profile)) {
    throw isEmpty(profile)
      ? unreadable(
          `Profile ${profileName} in profiles.yml is empty`,
          profiles.spanOf([profileName]),
        )
      : fail(`outputs not specified in profile '${profileName}'`, [profileName])
  }
  const render = (value: YamlValue, at: YamlPath) => renderSecretly(value, at, profiles, around)
  const targetName =
    options.target ??
    (profile.target === undefined
      ? 'default'
      : String(render(profile.target, [profileName, 'target'])))
  const output = outputNamed(profile, profileName, targetName, fail)
  const { threads, ...raw } = yamlToJson(
    render(output, [profileName, 'outputs', targetName]) as YamlMap,
  )
  const path = [profileName, 'outputs', targetName]
  if (typeof raw.type !== 'string') {
    throw fail(
      `required field "type" not found in profile ${profileName} and target ${targetName}`,
      path,
    )
  }
  return {
    profileName,
    targetName,
    type: raw.type,
    threads: threadCount(options.threads ?? threads, message =>
      fail(message, [...path, 'threads']),
    ),
    raw,
    file: profiles.file,
    builtInPath: null,
    targetNamed: options.target !== undefined || profile.target !== undefined,
  }
}

const isEmpty = (value: YamlValue | undefined): boolean =>
  value === null || value === undefined || value === '' || value === false || value === 0

const threadCount = (value: unknown, fail: (message: string) => RuntimeError): number => {
  if (value === undefined || value === null) return 1
  if (typeof value === 'number' && Number.isInteger(value) && value > 0) return value
  throw fail(`at path ['threads']: ${JSON.stringify(value)} is not of type 'integer'`)
}

const outputNamed = (
  profile: YamlMap,
  profileName: string,
  targetName: string,
  fail: (message: string, path: YamlPath, hint?: string) => RuntimeError,
): YamlMap => {
  const { outputs } = profile
  if (outputs === undefined || !isYamlMap(outputs))
    throw fail(`outputs not specified in profile '${profileName}'`, [profileName])
  if (!Object.hasOwn(outputs, targetName)) {
    const names = Object.keys(outputs)
    const near = nearest(targetName, names)
    throw fail(
      `The profile '${profileName}' does not have a target named '${targetName}'. The valid target names for this profile are:\n${names.map(name => ` - ${name}`).join('\n')}`,
      [profileName, 'outputs'],
      near && `did you mean '${near}'?`,
    )
  }
  const output = outputs[targetName]
  if (isYamlMap(output)) return output
  throw fail(
    `output '${targetName}' of profile '${profileName}' is misconfigured in profiles.yml`,
    [profileName, 'outputs', targetName],
  )
}

/** Renders with secrets filled in; a password that is no template though it looks like one stays. */
const renderSecretly = (
  value: YamlValue,
  at: YamlPath,
  source: YamlSource,
  { render, env }: ProfileSurroundings,
): YamlValue => {
  const tolerant = (text: string, path: YamlPath): YamlValue => {
    try {
      return renderTree(text, { source, render, at: path })
    } catch (error) {
      if (path.includes('password')) return text
      if (!(error instanceof CompilationError)) throw error
      const message = `${error.kind}\n  ${indent(error.message)}`
      throw new RuntimeError(message, { at: error.at, hint: error.hint, code: error.code })
    }
  }
  const visit = (node: YamlValue, path: YamlPath): YamlValue => {
    if (typeof node === 'string') return tolerant(node, path)
    if (Array.isArray(node)) return node.map((item, index) => visit(item, [...path, index]))
    if (!isYamlMap(node)) return node
    return Object.fromEntries(
      Object.entries(node).map(([key, item]) => [key, visit(item ?? null, [...path, key])]),
    )
  }
  return revealSecrets(visit(value, at), env)
}
