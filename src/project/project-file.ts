import { ErrorList, type NavoError, RuntimeError, ValidationError } from '../core/errors.ts'
import type { FileSystem } from '../core/file-system.ts'
import type { JsonObject } from '../core/json.ts'
import { nearest } from '../core/nearest.ts'
import { type Complaint, check, complaint } from './check.ts'
import type { ConfigSection, ProjectConfig, QueryComment } from './project-config.ts'
import { type ProjectSchema, projectSchema, reservedNames } from './project-schema.ts'
import { pythonRepr } from './python-repr.ts'
import { allSourcePaths } from './read.ts'
import { type RenderNative, renderTree } from './render.ts'
import { versionProblem } from './version-check.ts'
import { readYaml, type YamlSource } from './yaml.ts'
import { yamlToJson } from './yaml-json.ts'
import { isYamlMap, type YamlMap, type YamlPath, type YamlValue } from './yaml-value.ts'

export const projectFileNames = ['dbt_project.yml', 'navo_project.yml'] as const

/** The project file as it was read, before anything in it is rendered. */
export interface RawProject {
  /** Absolute. */
  readonly root: string
  readonly fileName: string
  readonly source: YamlSource
  readonly value: YamlMap
  readonly name: string | null
  /** Unrendered; null when the file has no `profile:` key. */
  readonly profile: string | null
  /** `profile:` with nothing behind it counts as a key. */
  readonly hasProfileKey: boolean
  readonly flags: JsonObject
}

export interface ProjectOptions {
  readonly render: RenderNative
  /** Whether `require-dbt-version` is checked (`--version-check`). */
  readonly versionCheck: boolean
  /** `vars:` of vars.yml, when there is such a file. */
  readonly varsFile?: YamlMap
}

export interface ReadProject {
  readonly config: ProjectConfig
  readonly warnings: readonly NavoError[]
}

/** The name of a folder's project file; undefined when it has none. */
export const findProjectFile = (fs: FileSystem, directory: string): string | undefined =>
  projectFileNames.find(name => fs.stat(`${directory}/${name}`)?.kind === 'file')

/** The nearest folder with a project file, from the working directory upwards, as dbt looks. */
export const findProjectDirectory = (fs: FileSystem, cwd: string): string | undefined => {
  for (let directory = cwd; ; ) {
    if (findProjectFile(fs, directory)) return directory
    const parent = directory.replace(/[\\/][^\\/]*$/, '')
    if (parent === directory || parent === '') return findProjectFile(fs, '/') ? '/' : undefined
    directory = parent
  }
}

/** Reads a folder's project file without rendering it. Throws RuntimeError in dbt's words. */
export const readRawProject = (fs: FileSystem, root: string): RawProject => {
  const fileName = findProjectFile(fs, root) ?? projectFileNames[0]
  const path = `${root}/${fileName}`
  const text = fs.readText(path)
  if (text === undefined) {
    throw new RuntimeError(
      `No ${fileName} found at expected path ${path}\nVerify that each entry within packages.yml (and their transitive dependencies) contains a file named ${fileName}\n`,
      { code: 'project-not-found', hint: 'run in a project folder, or name one by --project-dir' },
    )
  }
  const source = readYaml(text, fileName)
  if (!isYamlMap(source.value)) {
    throw new RuntimeError(`${fileName} does not parse to a dictionary`, {
      at: { file: fileName, line: 1, column: 1 },
      code: 'project-invalid',
    })
  }
  const value = source.value
  return {
    root,
    fileName,
    source,
    value,
    name: typeof value.name === 'string' ? value.name : null,
    profile: typeof value.profile === 'string' ? value.profile : null,
    hasProfileKey: Object.hasOwn(value, 'profile'),
    flags: isYamlMap(value.flags) ? yamlToJson(value.flags) : {},
  }
}

/**
 * Renders and checks a project file and fills in defaults.
 * Throws an ErrorList with all that is wrong in it, each with its place.
 */
export const readProject = (raw: RawProject, options: ProjectOptions): ReadProject => {
  const renamed = renameTests(raw.value)
  const source: YamlSource = {
    ...raw.source,
    spanOf: path => raw.source.spanOf(renamed.writtenPath(path)),
  }
  const rendered = renderProject(renamed.value, source, options.render)
  const errors: NavoError[] = []
  const fail = (message: string, path: YamlPath, code = 'project-invalid'): void => {
    errors.push(
      new RuntimeError(`${message}\n\nError encountered in ${raw.root}/${raw.fileName}`, {
        at: source.spanOf(path),
        code,
      }),
    )
  }
  if (options.versionCheck || rendered['require-dbt-version'] !== undefined) {
    const problem = versionProblem(rendered, options.versionCheck)
    if (problem) fail(problem, ['require-dbt-version'], 'dbt-version')
  }
  const checked = check(projectSchema, rendered)
  const complaints = checked.ok ? moreComplaints(checked.value) : checked.complaints
  for (const { message, path } of complaints) fail(message, path)
  if (options.varsFile && isYamlMap(raw.value.vars) && Object.keys(raw.value.vars).length > 0) {
    fail(`Variables cannot be defined in both vars.yml and ${raw.fileName}. `, ['vars'])
  }
  if (errors.length > 0 || !checked.ok) throw new ErrorList(errors)
  return {
    config: projectConfig(checked.value, renamed.value, raw, options),
    warnings: projectWarnings(checked.value, raw, source),
  }
}

/** `tests:` is the old name of `data_tests:`. */
const renameTests = (value: YamlMap) => {
  if (value.tests === undefined || value.data_tests !== undefined)
    return { value, writtenPath: (path: YamlPath) => path }
  const { tests, ...rest } = value
  return {
    value: { ...rest, data_tests: tests },
    writtenPath: (path: YamlPath) =>
      path[0] === 'data_tests' ? ['tests', ...path.slice(1)] : path,
  }
}

const lateSections = new Set(['seeds', 'models', 'snapshots', 'tests', 'data_tests'])
const hookKeys = new Set(['pre-hook', 'post-hook', 'pre_hook', 'post_hook'])

/** Hooks, the query comment and variables are rendered when they are used. */
const isDue = (path: YamlPath): boolean => {
  const first = path[0]
  if (first === 'on-run-start' || first === 'on-run-end') return false
  if (first === 'query-comment' || first === 'vars') return false
  if (typeof first !== 'string' || !lateSections.has(first)) return true
  return !path.some(step => typeof step === 'string' && hookKeys.has(step.replace(/^[+ ]+/, '')))
}

const renderProject = (value: YamlMap, source: YamlSource, render: RenderNative): YamlMap => {
  const rendered = renderTree(value, { source, render, at: [], due: isDue }) as YamlMap
  const result: Record<string, YamlValue | undefined> = { ...rendered }
  for (const key of ['on-run-start', 'on-run-end']) {
    if (typeof result[key] === 'string') result[key] = [result[key]]
    else if (result[key] === null) result[key] = []
  }
  for (const key of ['models', 'seeds', 'snapshots']) if (result[key] === null) result[key] = {}
  return result
}

const moreComplaints = (value: ProjectSchema): readonly Complaint[] => {
  const found: Complaint[] = []
  if (reservedNames.has(value.name))
    found.push(complaint([], `Invalid project name: ${value.name} is a reserved word`))
  value.dispatch?.forEach(entry => {
    const complete = 'macro_namespace' in entry && Array.isArray(entry.search_order)
    if (!complete)
      found.push(complaint([], `Invalid project dispatch config: ${pythonRepr(entry)}`))
  })
  if (value.tests && value.data_tests)
    found.push(
      complaint([], "Invalid project config: cannot have both 'tests' and 'data_tests' defined"),
    )
  return found
}

const projectWarnings = (
  value: ProjectSchema,
  raw: RawProject,
  source: YamlSource,
): readonly NavoError[] => {
  const known = Object.keys(projectSchema.shape)
  const unknown = Object.keys(value)
    .filter(key => !known.includes(key) && key !== 'tests')
    .map(key => {
      const near = nearest(key, known)
      return new ValidationError(`Unknown key '${key}' in ${raw.fileName}`, {
        at: source.spanOf([key]),
        hint: near && `did you mean '${near}'?`,
        code: 'unknown-key',
      })
    })
  const repeated = source.duplicates.map(
    ({ key, at }) =>
      new ValidationError(`Duplicate key '${key}' in ${raw.fileName}; the last one counts`, {
        at,
        code: 'duplicate-key',
      }),
  )
  return [...unknown, ...repeated]
}

const sections: readonly ConfigSection[] = [
  'models',
  'seeds',
  'snapshots',
  'sources',
  'analyses',
  'data_tests',
  'unit_tests',
  'exposures',
  'metrics',
  'semantic-models',
  'saved-queries',
  'functions',
]

const sectionsOf = (value: YamlMap): Readonly<Record<ConfigSection, YamlMap>> =>
  Object.fromEntries(
    sections.map(section => [section, isYamlMap(value[section]) ? value[section] : {}]),
  ) as Record<ConfigSection, YamlMap>

const projectConfig = (
  value: ProjectSchema,
  unrendered: YamlMap,
  raw: RawProject,
  options: ProjectOptions,
): ProjectConfig => {
  const sourcePaths = {
    modelPaths: value['model-paths'] ?? value['source-paths'] ?? ['models'],
    seedPaths: value['seed-paths'] ?? value['data-paths'] ?? ['seeds'],
    testPaths: value['test-paths'] ?? ['tests'],
    analysisPaths: value['analysis-paths'] ?? ['analyses'],
    macroPaths: value['macro-paths'] ?? ['macros'],
    snapshotPaths: value['snapshot-paths'] ?? ['snapshots'],
    functionPaths: value['function-paths'] ?? ['functions'],
  }
  const targetPath = value['target-path'] ?? 'target'
  return {
    name: value.name,
    version: versionText(value.version),
    root: raw.root,
    fileName: raw.fileName,
    profile: value.profile ?? null,
    ...sourcePaths,
    docsPaths: value['docs-paths'] ?? allSourcePaths(sourcePaths),
    assetPaths: value['asset-paths'] ?? [],
    targetPath,
    logPath: value['log-path'] ?? 'logs',
    cleanTargets: value['clean-targets'] ?? [targetPath],
    packagesInstallPath: value['packages-install-path'] ?? 'dbt_packages',
    quoting: quotingOf(value.quoting),
    onRunStart: value['on-run-start'] ?? [],
    onRunEnd: value['on-run-end'] ?? [],
    dispatch: (value.dispatch ?? []).map(entry => ({
      macro_namespace: String(entry.macro_namespace),
      search_order: (entry.search_order as readonly YamlValue[]).map(String),
    })),
    queryComment: queryCommentOf(value['query-comment']),
    requireDbtVersion: versionList(value['require-dbt-version']),
    restrictAccess: value['restrict-access'] ?? false,
    flags: value.flags ? yamlToJson(value.flags) : {},
    vars: options.varsFile ?? value.vars ?? {},
    varsFromFile: options.varsFile !== undefined,
    configs: sectionsOf(value as YamlMap),
    unrenderedConfigs: sectionsOf(unrendered),
  }
}

const versionText = (version: ProjectSchema['version']): string | null => {
  if (version === null || version === undefined) return null
  return typeof version === 'string' ? version : pythonRepr(version)
}

const versionList = (required: ProjectSchema['require-dbt-version']): readonly string[] => {
  if (required === null || required === undefined) return ['>=0.0.0']
  return typeof required === 'string' ? required.split(',') : required
}

const quotingOf = (quoting: ProjectSchema['quoting']): ProjectConfig['quoting'] => ({
  ...(typeof quoting?.database === 'boolean' && { database: quoting.database }),
  ...(typeof quoting?.schema === 'boolean' && { schema: quoting.schema }),
  ...(typeof quoting?.identifier === 'boolean' && { identifier: quoting.identifier }),
})

/** Absent: the default comment. Null or empty: none. */
const queryCommentOf = (value: ProjectSchema['query-comment']): QueryComment => {
  if (value === undefined) return { comment: null, append: null, jobLabel: false }
  if (value === null || typeof value === 'string')
    return { comment: value ?? '', append: null, jobLabel: false }
  if (Object.keys(value).length === 0) return { comment: '', append: null, jobLabel: false }
  return {
    comment: value.comment ?? null,
    append: value.append ?? null,
    jobLabel: value['job-label'] ?? false,
  }
}
