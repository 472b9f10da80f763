import { baseNames } from '../context/base-names.ts'
import { assertOneSpelling, type ConfigCall } from '../context/config-object.ts'
import type { Invocation, ProjectFacts } from '../context/invocation.ts'
import { findMacro, type MacroLibrary } from '../context/macro-library.ts'
import { createScope, type NodeScope, type ScopeNode } from '../context/node-scope.ts'
import { parseMode } from '../context/parse-mode.ts'
import { type ParsedNode, parseNames } from '../context/parse-names.ts'
import type { Lookup } from '../context/scope.ts'
import { sqlNames } from '../context/sql-names.ts'
import type { RefArgs } from '../core/manifest.ts'
import { type Extraction, extract, renderSync, type Template } from '../jinja/engine.ts'
import { toJson } from '../jinja/python/convert.ts'
import { mergeConfig } from '../project/config-merge.ts'
import type { YamlMap } from '../project/yaml-value.ts'

/** What a template says of its node while it is parsed. */
export interface TemplateFacts {
  readonly refs: readonly RefArgs[]
  readonly sources: readonly (readonly [string, string])[]
  /** All `config()` calls in one, later ones over earlier ones. */
  readonly config: YamlMap
  /** Macros that it calls itself, by unique id, in order of first use. */
  readonly macros: readonly string[]
}

/** What every parsing of a template needs, the same for the whole project. */
export interface ParseEnvironment {
  readonly invocation: Invocation
  readonly facts: ProjectFacts
  readonly library: MacroLibrary
}

export interface FactsRequest extends ParsedNode {
  readonly packageName: string
  readonly node?: ScopeNode
  readonly overrides?: Lookup
}

// Names that cannot lead to ref, source or config, nor to a macro.
const harmless: ReadonlySet<string> = new Set([
  'ref',
  'source',
  'config',
  'var',
  'env_var',
  'this',
  'target',
  'execute',
  'modules',
  'flags',
  'log',
  'print',
  'invocation_id',
  'run_started_at',
  'dbt_version',
  'project_name',
  'schema',
  'database',
  'tojson',
  'fromjson',
  'range',
  'namespace',
  'dict',
  'return',
])

/** Whether the walk alone gives what rendering would record. */
const isDecided = (extraction: Extraction, library: MacroLibrary, packageName: string): boolean =>
  extraction.undecidable.length === 0 &&
  extraction.dispatches.length === 0 &&
  extraction.uses.every(({ name }) => {
    const [root = name] = name.split('.', 1)
    return harmless.has(root) && findMacro(library, root, packageName) === undefined
  })

const fromExtraction = (extraction: Extraction): TemplateFacts => ({
  refs: extraction.refs.map(({ name, package: packageName, version }) => ({
    name,
    package: packageName,
    version,
  })),
  sources: extraction.sources.map(({ source, table }) => [source, table] as const),
  config: extraction.configs.reduce<YamlMap>((merged, call) => {
    assertOneSpelling(new Set(Object.keys(call.values)))
    return mergeConfig('models', merged, call.values as YamlMap)
  }, {}),
  macros: [],
})

const configMap = (call: ConfigCall): YamlMap =>
  Object.fromEntries([...call].map(([key, value]) => [key, toJson(value)]))

interface Recording {
  readonly refs: RefArgs[]
  readonly sources: [string, string][]
  config: YamlMap
  readonly macros: Set<string>
}

/** Makes the parse-time context of a node, and what it records. */
export const recordingScope = (
  environment: ParseEnvironment,
  request: FactsRequest,
): { readonly scope: NodeScope; readonly recorded: () => TemplateFacts } => {
  const recording: Recording = { refs: [], sources: [], config: {}, macros: new Set() }
  const mode = parseMode(
    {
      ref: args =>
        recording.refs.push({ name: args.name, package: args.package, version: args.version }),
      source: (source, table) => recording.sources.push([source, table]),
      config: call => {
        recording.config = mergeConfig('models', recording.config, configMap(call))
      },
    },
    request.own,
  )
  const scope = createScope({
    ...environment,
    packageName: request.packageName,
    node: request.node,
    mode,
    names: [parseNames(request), sqlNames, baseNames],
    overrides: request.overrides,
    onCall: id => recording.macros.add(id),
  })
  return {
    scope,
    recorded: () => ({
      refs: recording.refs,
      sources: recording.sources,
      config: recording.config,
      macros: [...recording.macros],
    }),
  }
}

/**
 * What a template refers to and how it configures its node. The syntax tree decides where it can;
 * otherwise the template is rendered as dbt does: nothing executes, undefined values are lenient.
 * Throws CompilationError.
 */
export const templateFacts = (
  template: Template,
  environment: ParseEnvironment,
  request: FactsRequest,
): TemplateFacts => {
  const extraction = extract(template)
  if (isDecided(extraction, environment.library, request.packageName)) {
    return fromExtraction(extraction)
  }
  const { scope, recorded } = recordingScope(environment, request)
  renderSync(template, scope.lookup, { undefined: scope.mode.undefined })
  return recorded()
}
