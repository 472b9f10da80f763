import { ParsingError } from '../core/errors.ts'
import type { Json, JsonObject } from '../core/json.ts'
import type { Hook, NodeConfig } from '../core/manifest.ts'
import { configProblems } from '../project/config-check.ts'
import type { ConfigQuery, ConfigResolver } from '../project/config-tree.ts'
import type { ConfigSection } from '../project/project-config.ts'
import { type ConfiguredResource, configDefaults } from './config-defaults.ts'
import { yamlJson } from './yaml-json.ts'

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const listOf = (value: Json | undefined): readonly Json[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value : [value]

/** A hook as dbt keeps it; a text that is a JSON object says itself whether it is transactional. */
const hook = (value: Json): Hook => {
  if (isObject(value)) {
    return {
      sql: String(value.sql ?? ''),
      transaction: value.transaction !== false,
      index: typeof value.index === 'number' ? value.index : null,
    }
  }
  const text = String(value)
  const parsed = text.trimStart().startsWith('{') ? jsonObject(text) : undefined
  return parsed && 'sql' in parsed ? hook(parsed) : { sql: text, transaction: true, index: null }
}

const jsonObject = (text: string): JsonObject | undefined => {
  try {
    const parsed = JSON.parse(text) as Json
    return isObject(parsed) ? parsed : undefined
  } catch {
    // Jinja such as {{ log('x') }}: a hook of its own.
    return undefined
  }
}

// Keys whose default is a dictionary that settings change key by key.
const updated = [
  'docs',
  'contract',
  'latest_version_pointer',
  'snapshot_meta_column_names',
] as const

const sections: Readonly<Record<ConfiguredResource, ConfigSection>> = {
  model: 'models',
  analysis: 'models',
  operation: 'models',
  sql_operation: 'models',
  seed: 'seeds',
  snapshot: 'snapshots',
  test: 'data_tests',
  source: 'sources',
  exposure: 'exposures',
  unit_test: 'unit_tests',
}

/** The section of the project file that configures a type of resource. */
export const configSection = (resource: ConfiguredResource): ConfigSection => sections[resource]

// `store_failures` and `store_failures_as` say the same in two ways; the second is the stronger.
const storedFailures = (config: Readonly<Record<string, Json | undefined>>): JsonObject => {
  const { store_failures: store, store_failures_as: as } = config
  if (as !== null && as !== undefined) return { store_failures: as === 'table' || as === 'view' }
  if (store === true) return { store_failures_as: 'table' }
  return store === false ? { store_failures_as: 'ephemeral' } : {}
}

/** Settings over the defaults of a resource type, in the form the manifest has them. */
export const completeConfig = (resource: ConfiguredResource, settings: JsonObject): NodeConfig => {
  const defaults = configDefaults[resource] as JsonObject
  const config: Record<string, Json | undefined> = { ...defaults, ...settings }
  for (const key of updated) {
    if (isObject(defaults[key]) && isObject(settings[key])) {
      config[key] = { ...defaults[key], ...settings[key] }
    }
  }
  for (const key of ['pre-hook', 'post-hook'] as const) {
    if (key in defaults) config[key] = listOf(settings[key]).map(hook) as unknown as Json
  }
  for (const key of ['persist_docs', 'quoting', 'column_types', 'grants'] as const) {
    if (key in defaults && config[key] === null) config[key] = {}
  }
  if (resource === 'test') Object.assign(config, storedFailures(config))
  return {
    ...config,
    enabled: config.enabled !== false,
    tags: listOf(config.tags).map(String),
    meta: isObject(config.meta) ? config.meta : {},
  }
}

/** A node's configuration, and what was written of it. */
export interface ResolvedConfig {
  readonly config: NodeConfig
  readonly unrendered: JsonObject
}

// Keys that completing turns into what the manifest has, whatever was written.
const asWritten = ['enabled', 'tags', 'meta'] as const

const assertValid = (
  resource: ConfiguredResource,
  settings: JsonObject,
  config: NodeConfig,
): void => {
  const checked: Record<string, Json | undefined> = { ...config }
  for (const key of asWritten) if (settings[key] !== undefined) checked[key] = settings[key]
  const [problem] = configProblems(configSection(resource), checked)
  if (problem !== undefined) throw new ParsingError(problem, { code: 'config' })
}

/**
 * Resolves a node's configuration from all places that set it.
 * Throws ParsingError in dbt's words for a value of the wrong type or one that is not known.
 */
export const resolveConfig = (
  configs: ConfigResolver,
  resource: ConfiguredResource,
  query: Omit<ConfigQuery, 'section'>,
): ResolvedConfig => {
  const full: ConfigQuery = { ...query, section: configSection(resource) }
  const settings = yamlJson(configs.resolve(full)) as JsonObject
  const config = completeConfig(resource, settings)
  assertValid(resource, settings, config)
  return {
    config,
    unrendered: yamlJson(configs.resolveUnrendered(full)) as JsonObject,
  }
}
