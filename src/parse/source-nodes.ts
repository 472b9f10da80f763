import type { JsonObject } from '../core/json.ts'
import type { FreshnessThreshold, SourceNode } from '../core/manifest.ts'
import { mergeConfig } from '../project/config-merge.ts'
import type {
  PropertyFile,
  SourceProperties,
  SourceTableProperties,
} from '../project/property-file.ts'
import { isYamlMap, type YamlMap, type YamlValue } from '../project/yaml-value.ts'
import { columnsByName, type RenderDescription } from './columns.ts'
import { resolveConfig } from './node-config.ts'
import type { ParseContext } from './parse-context.ts'
import { yamlJson } from './yaml-json.ts'

const unset: FreshnessThreshold = {
  warn_after: { count: null, period: null },
  error_after: { count: null, period: null },
  filter: null,
}

type MaybeThreshold = FreshnessThreshold | null | undefined

const mergeAfter = (
  source: FreshnessThreshold['warn_after'],
  table: FreshnessThreshold['warn_after'],
): FreshnessThreshold['warn_after'] =>
  table.count === null && table.period === null
    ? source
    : { count: table.count ?? source.count, period: table.period ?? source.period }

/** A table's freshness over its source's: null switches it off, each threshold is merged on its own. */
const mergeFreshness = (
  source: MaybeThreshold,
  table: MaybeThreshold,
): FreshnessThreshold | null => {
  if (table === null) return null
  if (table === undefined) return source === undefined ? unset : source
  const base = source ?? unset
  return {
    warn_after: mergeAfter(base.warn_after, table.warn_after),
    error_after: mergeAfter(base.error_after, table.error_after),
    filter: table.filter ?? base.filter,
  }
}

export interface SourceRequest {
  readonly packageName: string
  readonly file: PropertyFile
  readonly source: SourceProperties
  readonly table: SourceTableProperties
}

const quotingOf = (source: SourceProperties, table: SourceTableProperties) => ({
  database: table.quoting.database ?? source.quoting.database ?? null,
  schema: table.quoting.schema ?? source.quoting.schema ?? null,
  identifier: table.quoting.identifier ?? source.quoting.identifier ?? null,
  column: table.quoting.column ?? source.quoting.column ?? null,
})

type Place = Pick<
  SourceTableProperties,
  'freshness' | 'loaded_at_field' | 'loaded_at_query' | 'config'
>

/** What `config:` says of freshness stands for the keys beside it: dbt's newer place for them. */
const withConfig = <P extends Place>(properties: P): P => {
  const { config } = properties
  const given = (key: string): boolean => config[key] !== undefined
  return {
    ...properties,
    ...(given('freshness') ? { freshness: thresholds(config.freshness) } : {}),
    ...(given('loaded_at_field') ? { loaded_at_field: textOrNull(config.loaded_at_field) } : {}),
    ...(given('loaded_at_query') ? { loaded_at_query: textOrNull(config.loaded_at_query) } : {}),
  }
}

const textOrNull = (value: YamlValue | undefined): string | null =>
  typeof value === 'string' ? value : null

const thresholds = (value: YamlValue | undefined): FreshnessThreshold | null => {
  if (!isYamlMap(value)) return null
  const after = (key: string): FreshnessThreshold['warn_after'] => {
    const given = value[key]
    return isYamlMap(given)
      ? {
          count: typeof given.count === 'number' ? given.count : null,
          period: textOrNull(given.period),
        }
      : { count: null, period: null }
  }
  return {
    warn_after: after('warn_after'),
    error_after: after('error_after'),
    filter: textOrNull(value.filter),
  }
}

const loadedAt = (source: SourceProperties, table: SourceTableProperties): string | null => {
  if (table.loaded_at_query !== null) return null
  if (table.loaded_at_field !== undefined) return table.loaded_at_field
  return source.loaded_at_field ?? null
}

const placeOf = (context: ParseContext, source: SourceProperties, table: SourceTableProperties) => {
  const { target, dialect } = context.environment.facts
  const quoting = quotingOf(source, table)
  const database = source.database ?? target.database
  const schema = source.schema ?? source.name
  const identifier = table.identifier ?? table.name
  // Source relations ignore the project's quoting.
  const policy = {
    database: quoting.database ?? dialect.quotePolicy.database,
    schema: quoting.schema ?? dialect.quotePolicy.schema,
    identifier: quoting.identifier ?? dialect.quotePolicy.identifier,
  }
  const relation_name = dialect.render({ database, schema, identifier }, policy)
  return { database, schema, identifier, quoting, relation_name }
}

const json = (value: Parameters<typeof yamlJson>[0]): JsonObject =>
  (yamlJson(value) ?? {}) as JsonObject

const listed = (config: YamlMap): readonly YamlValue[] => {
  const { tags } = config
  return tags === undefined || tags === null ? [] : Array.isArray(tags) ? tags : [tags as YamlValue]
}

const definedConfig = (
  writtenSource: SourceProperties,
  writtenTable: SourceTableProperties,
): YamlMap => {
  const source = withConfig(writtenSource)
  const table = withConfig(writtenTable)
  const freshness = mergeFreshness(source.freshness, table.freshness)
  const tags = [...source.tags, ...table.tags, ...listed(source.config), ...listed(table.config)]
  const levels: readonly YamlMap[] = [
    { meta: source.meta },
    source.config,
    { meta: table.meta },
    table.config,
    {
      tags: [...new Set(tags)],
      freshness: freshness as unknown as YamlValue,
      loaded_at_field: loadedAt(source, table),
      loaded_at_query:
        table.loaded_at_query ??
        (table.loaded_at_field === undefined ? source.loaded_at_query : null),
    },
  ]
  return levels.reduce<YamlMap>((merged, level) => mergeConfig('sources', merged, level), {})
}

/** A source table. */
export const sourceNode = (
  context: ParseContext,
  request: SourceRequest,
  describe: RenderDescription,
): SourceNode => {
  const { packageName, file, source, table } = request
  const folders = file.path.split('/').slice(1, -1)
  const fqn = [packageName, ...folders, source.name, table.name]
  const { config, unrendered } = resolveConfig(context.configs, 'source', {
    packageName,
    fqn,
    patch: definedConfig(source, table),
  })
  const place = placeOf(context, source, table)
  const { text, docBlocks } = describe(table.description)
  return {
    database: place.database,
    schema: place.schema,
    name: table.name,
    resource_type: 'source',
    package_name: packageName,
    path: file.path,
    original_file_path: file.path,
    unique_id: `source.${packageName}.${source.name}.${table.name}`,
    fqn,
    source_name: source.name,
    source_description: describe(source.description).text,
    loader: source.loader,
    identifier: place.identifier,
    quoting: place.quoting,
    loaded_at_field: (config.loaded_at_field as string | null) ?? null,
    loaded_at_query: (config.loaded_at_query as string | null) ?? null,
    freshness: (config.freshness ?? null) as unknown as FreshnessThreshold | null,
    external: table.external,
    description: text,
    columns: columnsByName(table.columns, describe),
    meta: config.meta,
    source_meta: json(source.meta),
    tags: [...new Set(config.tags)],
    config,
    patch_path: null,
    unrendered_config: unrendered,
    relation_name: place.relation_name,
    created_at: context.createdAt,
    unrendered_database: source.unrenderedDatabase,
    unrendered_schema: source.unrenderedSchema,
    doc_blocks: docBlocks,
  }
}
