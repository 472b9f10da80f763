import { resolve } from 'node:path'
import type { AdapterType } from '../../adapters/adapter.ts'
import type { Invocation, ProjectFacts } from '../../context/invocation.ts'
import type { MacroLibrary } from '../../context/macro-library.ts'
import { yamlScope } from '../../context/yaml-scope.ts'
import type { NavoError } from '../../core/errors.ts'
import type { Json, JsonObject } from '../../core/json.ts'
import { once } from '../../core/once.ts'
import type { Target } from '../../core/target.ts'
import { parseDefinitions, type SelectorDefinition } from '../../graph/definitions.ts'
import type { Graph } from '../../graph/graph.ts'
import { type RefLookup, refLookup } from '../../graph/ref-lookup.ts'
import type { Value } from '../../jinja/python/values.ts'
import type { PackageFiles } from '../../parse/project-sources.ts'
import { yamlToPython } from '../../parse/yaml-to-python.ts'
import type { ProjectConfig } from '../../project/project-config.ts'
import { type RawProject, readProject, readRawProject } from '../../project/project-file.ts'
import { projectFiles } from '../../project/read.ts'
import type { RenderNative } from '../../project/render.ts'
import { readSelectorsFile } from '../../project/selectors-file.ts'
import { readVarsFile } from '../../project/vars-file.ts'
import type { YamlMap } from '../../project/yaml-value.ts'
import type { Loaded, ProjectInfo } from '../services.ts'
import type { Adapters, EngineOptions } from './engine-options.ts'
import { parseFiles } from './parse-files.ts'
import { packageVars, readPackages } from './read-sources.ts'
import { type ChosenTarget, readTarget } from './read-target.ts'
import { yamlRenderer } from './yaml-renderer.ts'

/** A loaded project with what running it needs. */
export interface LoadedProject {
  readonly loaded: Loaded
  readonly invocation: Invocation
  readonly facts: ProjectFacts
  readonly library: MacroLibrary
  readonly graph: Graph
  readonly lookup: RefLookup
  readonly selectors: ReadonlyMap<string, SelectorDefinition>
  readonly adapter: AdapterType
  readonly settings: unknown
  readonly config: ProjectConfig
  readonly packages: readonly PackageFiles[]
}

/** The flags as templates see them: names in upper case. */
const shownFlags = (options: EngineOptions): JsonObject => {
  const { behavior, sources: _sources, recorded: _recorded, ...flags } = options.flags
  const entries = Object.entries({ ...behavior, ...flags }) as [string, Json][]
  return Object.fromEntries(entries.map(([name, value]) => [name.toUpperCase(), value]))
}

/** The invocation as templates know it. */
export const templateInvocation = (options: EngineOptions): Invocation => ({
  id: options.invocation.id,
  startedAt: options.invocation.startedAt,
  navoVersion: options.invocation.version,
  flags: shownFlags(options),
  args: options.flags.recorded as JsonObject,
  env: options.invocation.env,
  emit: options.emit,
  now: options.now,
})

/** What commands need to know of a project file. */
export const projectInfo = (config: ProjectConfig, options: EngineOptions): ProjectInfo => {
  const at = (path: string): string => resolve(config.root, path)
  const { target_path } = options.flags
  return {
    name: config.name,
    directory: config.root,
    file: at(config.fileName),
    targetPath: at(target_path ?? config.targetPath),
    cleanTargets: config.cleanTargets.map(at),
    sourcePaths: [
      ...config.modelPaths,
      ...config.seedPaths,
      ...config.testPaths,
      ...config.analysisPaths,
      ...config.macroPaths,
      ...config.snapshotPaths,
    ].map(at),
    assetPaths: config.assetPaths.map(at),
  }
}

const factsOf = (
  chosen: ChosenTarget,
  config: ProjectConfig,
  vars: ProjectFacts['vars'],
  packages: readonly string[],
): ProjectFacts => {
  const { dialect } = chosen.adapter
  return {
    name: config.name,
    target: chosen.target,
    targetShown: chosen.shown,
    dialect,
    quoting: {
      database: config.quoting.database ?? dialect.quotePolicy.database,
      schema: config.quoting.schema ?? dialect.quotePolicy.schema,
      identifier: config.quoting.identifier ?? dialect.quotePolicy.identifier,
    },
    packages: new Set(packages),
    dispatch: new Map(config.dispatch.map(entry => [entry.macro_namespace, entry.search_order])),
    vars,
  }
}

const cliVars = (options: EngineOptions): YamlMap => options.flags.vars as YamlMap

/** Variables as templates see them. */
export const pythonVars = (vars: YamlMap): ReadonlyMap<string, Value> =>
  new Map(Object.entries(vars).map(([name, value]) => [name, yamlToPython(value ?? null)] as const))

/** What renders project files with the target; as in dbt they do not see the variables they set. */
const projectRenderer =
  (invocation: Invocation, chosen: ChosenTarget, projectName: string) =>
  (variables: YamlMap): RenderNative => {
    const vars = pythonVars(variables)
    const { dialect } = chosen.adapter
    const facts: ProjectFacts = {
      name: projectName,
      target: chosen.target,
      targetShown: chosen.shown,
      dialect,
      quoting: dialect.quotePolicy,
      packages: new Set(),
      dispatch: new Map(),
      vars: () => vars,
    }
    return yamlRenderer(yamlScope({ invocation, vars, facts }))
  }

interface RootProject {
  readonly config: ProjectConfig
  readonly warnings: readonly NavoError[]
  readonly render: RenderNative
}

/** The root's project file; it sees `--vars` over the variables of vars.yml. */
const readRoot = (
  options: EngineOptions,
  raw: RawProject,
  renderWith: (vars: YamlMap) => RenderNative,
): RootProject => {
  const varsFile = readVarsFile(options.files, raw.root)
  const render = renderWith({ ...varsFile, ...cliVars(options) })
  const { version_check: versionCheck } = options.flags
  return { ...readProject(raw, { render, versionCheck, varsFile }), render }
}

/** Reads and parses everything. Throws NavoError, or ErrorList with all problems of the project. */
export const loadProject = async (
  options: EngineOptions,
  adapters: Adapters,
  inline: string | null,
): Promise<LoadedProject> => {
  const { files, flags } = options
  const invocation = templateInvocation(options)
  const raw = readRawProject(files, flags.project_dir)
  const chosen = await readTarget(options, adapters, invocation, raw, pythonVars(cliVars(options)))
  const renderWith = projectRenderer(invocation, chosen, raw.name ?? '')
  const { config, warnings, render } = readRoot(options, raw, renderWith)
  // dbt shows the project files of packages no variables.
  const packages = readPackages(files, config, renderWith({}))
  const configs = packages.map(found => found.config)
  const facts = factsOf(
    chosen,
    config,
    packageVars(cliVars(options), config, configs),
    configs.map(({ name }) => name),
  )
  const listed = [config, ...configs].map(own => ({
    config: own,
    files: projectFiles(files, own),
  }))
  const selectors = parseDefinitions(readSelectorsFile(files, config.root, render))
  const project = projectInfo(config, options)
  const adapterName = chosen.adapter.name
  const parsed = parseFiles(options, {
    invocation,
    facts,
    packages: listed,
    adapterType: adapterName,
    selectors: Object.fromEntries([...selectors].map(([name, { raw: shown }]) => [name, shown])),
    targetPath: project.targetPath,
    inline,
  })
  for (const warning of [
    ...warnings,
    ...packages.flatMap(found => found.warnings),
    ...parsed.warnings,
  ]) {
    options.emit({ kind: 'warning', code: warning.code, error: warning })
  }
  const { manifest } = parsed
  const lookup = once(() =>
    refLookup({
      root: config.name,
      nodes: manifest.nodes.values(),
      sources: manifest.sources.values(),
      disabled: [...manifest.disabled.values()].flat(),
    }),
  )
  return {
    invocation,
    facts,
    get library() {
      return parsed.library()
    },
    get graph() {
      return parsed.graph()
    },
    get lookup() {
      return lookup()
    },
    selectors,
    adapter: chosen.adapter,
    settings: chosen.settings,
    config,
    packages: listed,
    loaded: {
      project,
      target: chosen.target as Target,
      manifest,
      manifestBody: parsed.body,
      adapter: { name: adapterName, version: options.invocation.version },
      quoting: { ...facts.quoting, column: null },
      builtInTarget: chosen.profile.builtInPath ?? undefined,
    },
  }
}
