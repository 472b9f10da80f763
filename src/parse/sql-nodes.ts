import type { Json, JsonObject } from '../core/json.ts'
import type {
  AnalysisNode,
  ColumnInfo,
  Constraint,
  ContractConfig,
  DocsConfig,
  ModelNode,
  SnapshotNode,
  TestNode,
} from '../core/manifest.ts'
import { mergeConfig } from '../project/config-merge.ts'
import type {
  ColumnProperties,
  ModelProperties,
  ModelVersionId,
  NodeProperties,
  Properties,
  VersionProperties,
} from '../project/property-file.ts'
import type { YamlMap } from '../project/yaml-value.ts'
import { columnsByName, type RenderDescription } from './columns.ts'
import { type Dependency, isDependency, readDependency } from './dependency-text.ts'
import type { Draft } from './draft.ts'
import { hookFacts } from './hook-facts.ts'
import { resolveConfig } from './node-config.ts'
import type { ParseContext } from './parse-context.ts'
import { relationName } from './relation-name.ts'

/** What a property file says of a node, and where. */
export interface Patch<P> {
  readonly properties: P
  /** `package://models/schema.yml` */
  readonly patchPath: string
}

interface Described {
  readonly description: string
  readonly columns: readonly ColumnProperties[]
  readonly config: YamlMap
  readonly patchPath: string | null
}

const undescribed: Described = {
  description: '',
  columns: [],
  config: {},
  patchPath: null,
}

const described = (patch: Patch<NodeProperties | Properties> | undefined): Described =>
  patch
    ? {
        description: patch.properties.description,
        columns: 'columns' in patch.properties ? patch.properties.columns : [],
        config: patch.properties.config,
        patchPath: patch.patchPath,
      }
    : undescribed

/** `docs:` with what is missing filled in. */
export const docsConfig = (config: JsonObject): DocsConfig => {
  const docs = (config.docs ?? {}) as JsonObject
  return {
    show: docs.show !== false,
    node_color: typeof docs.node_color === 'string' ? docs.node_color : null,
  }
}

const contractConfig = (config: JsonObject): ContractConfig => {
  const contract = (config.contract ?? {}) as JsonObject
  return {
    enforced: contract.enforced === true,
    alias_types: contract.alias_types !== false,
    checksum: null,
  }
}

interface Identity {
  readonly name: string
  readonly fqn: readonly string[]
  readonly uniqueId: string
  readonly version?: ModelVersionId | null
}

/** The fields that every node with SQL has, in the manifest's order. */
const commonFields = (
  context: ParseContext,
  draft: Draft,
  identity: Identity,
  patch: Described,
  describe: RenderDescription,
) => {
  const { config, unrendered } = resolveConfig(context.configs, draft.resource, {
    packageName: draft.packageName,
    fqn: identity.fqn,
    patch: patch.config,
    inline: draft.facts.config,
  })
  const place = context.names(
    {
      name: identity.name,
      resource_type: draft.resource,
      package_name: draft.packageName,
      path: draft.path,
      original_file_path: draft.file.path,
      unique_id: identity.uniqueId,
      fqn: identity.fqn,
      version: identity.version ?? null,
    },
    config,
  )
  const { text, docBlocks } = describe(patch.description)
  const hooks = hookFacts(context, {
    packageName: draft.packageName,
    own: { database: place.database, schema: place.schema, identifier: place.alias },
    file: draft.file.path,
    config,
    model: () => ({ name: identity.name, resource_type: draft.resource, config, columns: {} }),
  })
  return {
    database: place.database,
    schema: place.schema,
    name: identity.name,
    package_name: draft.packageName,
    path: draft.path,
    original_file_path: draft.file.path,
    unique_id: identity.uniqueId,
    fqn: identity.fqn,
    alias: place.alias,
    checksum: draft.checksum,
    config,
    tags: [...new Set(config.tags)],
    description: text,
    columns: columnsByName(patch.columns, describe) as Readonly<Record<string, ColumnInfo>>,
    meta: config.meta,
    group: typeof config.group === 'string' ? config.group : null,
    docs: docsConfig(config),
    patch_path: patch.patchPath,
    build_path: null,
    unrendered_config: unrendered,
    created_at: context.createdAt,
    relation_name: null,
    raw_code: draft.rawCode,
    doc_blocks: docBlocks,
    language: 'sql',
    refs: [...draft.facts.refs, ...hooks.refs],
    sources: [...draft.facts.sources, ...hooks.sources],
    metrics: [],
    functions: [],
    depends_on: { macros: [...new Set([...draft.facts.macros, ...hooks.macros])], nodes: [] },
    compiled_path: null,
    compiled: false,
    compiled_code: null,
    extra_ctes_injected: false,
    extra_ctes: [],
    contract: contractConfig(config),
  } as const
}

const idOf = (draft: Draft, name: string): string =>
  `${draft.resource}.${draft.packageName}.${name}`

/** An analysis. */
export const analysisNode = (
  context: ParseContext,
  draft: Draft,
  patch: Patch<NodeProperties> | undefined,
  describe: RenderDescription,
): AnalysisNode => ({
  ...commonFields(
    context,
    draft,
    { name: draft.name, fqn: draft.fqn, uniqueId: idOf(draft, draft.name) },
    described(patch),
    describe,
  ),
  resource_type: 'analysis',
})

/** A test that is a file of its own. */
export const singularTestNode = (
  context: ParseContext,
  draft: Draft,
  patch: Patch<Properties> | undefined,
  describe: RenderDescription,
): TestNode => {
  const node = commonFields(
    context,
    draft,
    { name: draft.name, fqn: draft.fqn, uniqueId: idOf(draft, draft.name) },
    described(patch),
    describe,
  )
  return { ...node, resource_type: 'test', relation_name: testRelation(context, node) }
}

/** A test has a relation only when it stores its failures. */
export const testRelation = (
  context: ParseContext,
  node: Pick<TestNode, 'database' | 'schema' | 'alias' | 'config'>,
): string | null => {
  const { config } = node
  const stored =
    config.store_failures_as === null || config.store_failures_as === undefined
      ? (config.store_failures ?? context.environment.invocation.flags.STORE_FAILURES)
      : config.store_failures_as !== 'ephemeral'
  return stored === true ? relationName(context.environment.facts, node) : null
}

/** A snapshot; `target_schema` and `target_database` beat the generated names. */
export const snapshotNode = (
  context: ParseContext,
  draft: Draft,
  patch: Patch<NodeProperties> | undefined,
  describe: RenderDescription,
): SnapshotNode => {
  const node = commonFields(
    context,
    draft,
    { name: draft.name, fqn: draft.fqn, uniqueId: idOf(draft, draft.name) },
    described(patch),
    describe,
  )
  const text = (value: Json | undefined): string | null =>
    typeof value === 'string' && value !== '' ? value : null
  const placed = {
    ...node,
    schema: text(node.config.target_schema) ?? node.schema,
    database: text(node.config.target_database) ?? node.database,
  }
  return {
    ...placed,
    resource_type: 'snapshot',
    relation_name: relationName(context.environment.facts, placed),
  }
}

export interface ModelVersion {
  readonly properties: VersionProperties
  readonly latest: ModelVersionId
}

const describedModel = (
  patch: Patch<ModelProperties> | undefined,
  version: VersionProperties | undefined,
): Described => {
  const base = described(patch)
  if (!version) return base
  return {
    ...base,
    description: version.description || base.description,
    columns: version.columns,
    config: mergeConfig('models', base.config, version.config),
  }
}

/** Columns that a model's contract or its tests say are its key: dbt's `primary_key`. */
const constraintsKey = (
  constraints: readonly Constraint[],
  columns: Readonly<Record<string, ColumnInfo>>,
): readonly string[] => {
  const ofModel = constraints.find(constraint => constraint.type === 'primary_key')
  if (ofModel) return ofModel.columns ?? []
  const column = Object.values(columns).find(info =>
    info.constraints.some(constraint => constraint.type === 'primary_key'),
  )
  return column ? [column.name] : []
}

/** What foreign keys refer to: the model depends on it as if its SQL named it. */
const foreignKeyTargets = (
  constraints: readonly Constraint[],
  columns: Readonly<Record<string, ColumnInfo>>,
  file: string,
): readonly Dependency[] =>
  [...constraints, ...Object.values(columns).flatMap(column => column.constraints)].flatMap(
    ({ to }) => (to !== null && isDependency(to) ? [readDependency(to, file)] : []),
  )

const accesses: ReadonlySet<string> = new Set(['private', 'protected', 'public'])

/** A model, or one version of it. */
export const modelNode = (
  context: ParseContext,
  draft: Draft,
  patch: Patch<ModelProperties> | undefined,
  version: ModelVersion | undefined,
  describe: RenderDescription,
): ModelNode => {
  const name = patch && version ? patch.properties.name : draft.name
  const v = version?.properties.v ?? null
  const identity: Identity =
    v === null
      ? { name, fqn: draft.fqn, uniqueId: idOf(draft, name) }
      : {
          name,
          fqn: [...draft.fqn.slice(0, -1), name, `v${v}`],
          uniqueId: `${idOf(draft, name)}.v${v}`,
          version: v,
        }
  const node = commonFields(
    context,
    draft,
    identity,
    describedModel(patch, version?.properties),
    describe,
  )
  const { config } = node
  const access = String(config.access ?? 'protected')
  const constraints = version?.properties.constraints ?? patch?.properties.constraints ?? []
  const referred = foreignKeyTargets(constraints, node.columns, draft.file.path)
  return {
    ...node,
    resource_type: 'model',
    relation_name:
      config.materialized === 'ephemeral' ? null : relationName(context.environment.facts, node),
    refs: [...node.refs, ...referred.flatMap(target => target.refs)],
    sources: [...node.sources, ...referred.flatMap(target => target.sources)],
    access: (accesses.has(access) ? access : 'protected') as ModelNode['access'],
    constraints,
    version: v,
    latest_version: version?.latest ?? null,
    deprecation_date:
      version?.properties.deprecation_date ?? patch?.properties.deprecation_date ?? null,
    primary_key: constraintsKey(constraints, node.columns),
    time_spine: patch?.properties.time_spine ?? null,
  }
}
