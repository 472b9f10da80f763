import type { Json, JsonObject } from './json.ts'

/*
 * The manifest's records have the fields, names and order of dbt's manifest.json v12
 * (https://schemas.getdbt.com/dbt/manifest/v12.json): they are what `graph` and `model` show to
 * templates, what selectors look into and what other tools read, so a second vocabulary of our own
 * would only be translated back and forth.
 */

export type ResourceType =
  | 'model'
  | 'seed'
  | 'snapshot'
  | 'test'
  | 'analysis'
  | 'operation'
  | 'sql_operation'
  | 'source'
  | 'exposure'
  | 'unit_test'
  | 'macro'
  | 'doc'
  | 'group'

export interface FileHash {
  readonly name: 'sha256' | 'none' | 'path'
  readonly checksum: string
}

export interface DependsOn {
  readonly macros: readonly string[]
  /** In order of first use. */
  readonly nodes: readonly string[]
}

export interface RefArgs {
  readonly name: string
  readonly package: string | null
  readonly version: string | number | null
}

export interface DocsConfig {
  readonly show: boolean
  readonly node_color: string | null
}

export interface ContractConfig {
  readonly enforced: boolean
  readonly alias_types: boolean
  readonly checksum?: string | null
}

export interface Constraint {
  readonly type: 'check' | 'not_null' | 'unique' | 'primary_key' | 'foreign_key' | 'custom'
  readonly name: string | null
  readonly expression: string | null
  readonly warn_unenforced: boolean
  readonly warn_unsupported: boolean
  readonly to: string | null
  readonly to_columns: readonly string[]
  /** Only on constraints of a model. */
  readonly columns?: readonly string[]
}

export interface ColumnInfo {
  readonly name: string
  readonly description: string
  readonly meta: JsonObject
  readonly data_type: string | null
  readonly constraints: readonly Constraint[]
  readonly quote: boolean | null
  readonly config: JsonObject
  readonly tags: readonly string[]
  readonly granularity: string | null
  readonly dimension: Json
  readonly entity: Json
  readonly doc_blocks: readonly string[]
}

export interface Hook {
  readonly sql: string
  readonly transaction: boolean
  readonly index: number | null
}

/**
 * A node's resolved configuration: every key of its resource type is present (null when unset),
 * further keys are the project's own. `tags`, `meta`, `pre-hook` … are merged by dbt's rules.
 */
export interface NodeConfig extends JsonObject {
  readonly enabled: boolean
  readonly tags: readonly string[]
  readonly meta: JsonObject
}

interface NodeBase {
  readonly database: string | null
  readonly schema: string
  readonly name: string
  readonly package_name: string
  /** Relative to the resource's folder (models/, tests/ …). */
  readonly path: string
  /** Relative to the project (or package) directory. */
  readonly original_file_path: string
  readonly unique_id: string
  readonly fqn: readonly string[]
  readonly alias: string
  readonly checksum: FileHash
  readonly config: NodeConfig
  readonly tags: readonly string[]
  readonly description: string
  readonly columns: Readonly<Record<string, ColumnInfo>>
  readonly meta: JsonObject
  readonly group: string | null
  readonly docs: DocsConfig
  /** `package://path` of the property file that describes the node. */
  readonly patch_path: string | null
  readonly build_path: string | null
  readonly unrendered_config: JsonObject
  /** Seconds since the epoch. */
  readonly created_at: number
  readonly relation_name: string | null
  readonly raw_code: string
  readonly doc_blocks: readonly string[]
}

export interface CompiledFields {
  readonly language: 'sql' | 'python'
  readonly refs: readonly RefArgs[]
  readonly sources: readonly (readonly [string, string])[]
  readonly metrics: readonly Json[]
  readonly functions: readonly Json[]
  readonly depends_on: DependsOn
  readonly compiled_path: string | null
  readonly compiled: boolean
  readonly compiled_code: string | null
  readonly extra_ctes_injected: boolean
  readonly extra_ctes: readonly { readonly id: string; readonly sql: string }[]
  readonly contract: ContractConfig
}

export interface ModelNode extends NodeBase, CompiledFields {
  readonly resource_type: 'model'
  readonly access: 'private' | 'protected' | 'public'
  readonly constraints: readonly Constraint[]
  readonly version: string | number | null
  readonly latest_version: string | number | null
  readonly deprecation_date: string | null
  readonly primary_key: readonly string[]
  readonly time_spine: Json
}

export interface SnapshotNode extends NodeBase, CompiledFields {
  readonly resource_type: 'snapshot'
}

export interface AnalysisNode extends NodeBase, CompiledFields {
  readonly resource_type: 'analysis'
}

/** A hook of the project file, or the query of `compile --inline` and `show --inline`. */
export interface OperationNode extends NodeBase, CompiledFields {
  readonly resource_type: 'operation' | 'sql_operation'
  readonly index?: number
}

export interface TestMetadata {
  readonly name: string
  readonly kwargs: JsonObject
  readonly namespace: string | null
}

/** A data test; `test_metadata` is absent on singular tests. */
export interface TestNode extends NodeBase, CompiledFields {
  readonly resource_type: 'test'
  readonly column_name?: string | null
  readonly file_key_name?: string | null
  readonly attached_node?: string | null
  readonly test_metadata?: TestMetadata
}

export interface SeedNode extends NodeBase {
  readonly resource_type: 'seed'
  /** Absolute path of the project or package the seed lies in. */
  readonly root_path: string | null
  readonly depends_on: { readonly macros: readonly string[] }
}

export interface FreshnessThreshold {
  readonly warn_after: { readonly count: number | null; readonly period: string | null }
  readonly error_after: { readonly count: number | null; readonly period: string | null }
  readonly filter: string | null
}

export interface SourceNode {
  readonly database: string | null
  readonly schema: string
  readonly name: string
  readonly resource_type: 'source'
  readonly package_name: string
  readonly path: string
  readonly original_file_path: string
  readonly unique_id: string
  readonly fqn: readonly string[]
  readonly source_name: string
  readonly source_description: string
  readonly loader: string
  readonly identifier: string
  readonly quoting: Readonly<Record<string, boolean | null>>
  readonly loaded_at_field: string | null
  readonly loaded_at_query: string | null
  readonly freshness: FreshnessThreshold | null
  readonly external: ExternalTable | null
  readonly description: string
  readonly columns: Readonly<Record<string, ColumnInfo>>
  readonly meta: JsonObject
  readonly source_meta: JsonObject
  readonly tags: readonly string[]
  readonly config: NodeConfig
  readonly patch_path: string | null
  readonly unrendered_config: JsonObject
  readonly relation_name: string
  readonly created_at: number
  readonly unrendered_database: string | null
  readonly unrendered_schema: string | null
  readonly doc_blocks: readonly string[]
}

/** dbt's `external:` property of a source table; other keys are kept for the project's macros. */
export interface ExternalTable extends JsonObject {
  readonly location: string | null
  readonly file_format: string | null
  readonly row_format: string | null
  readonly tbl_properties: string | null
  readonly partitions: Json
}

export interface ExposureNode {
  readonly name: string
  readonly resource_type: 'exposure'
  readonly package_name: string
  readonly path: string
  readonly original_file_path: string
  readonly unique_id: string
  readonly fqn: readonly string[]
  readonly type: string
  readonly owner: JsonObject
  readonly description: string
  readonly label: string | null
  readonly maturity: string | null
  readonly meta: JsonObject
  readonly tags: readonly string[]
  readonly config: NodeConfig
  readonly unrendered_config: JsonObject
  readonly url: string | null
  readonly depends_on: DependsOn
  readonly refs: readonly RefArgs[]
  readonly sources: readonly (readonly [string, string])[]
  readonly metrics: readonly Json[]
  readonly created_at: number
}

export interface UnitTestInput {
  readonly input: string
  readonly rows: Json
  readonly format: 'dict' | 'csv' | 'sql'
  readonly fixture: string | null
}

export interface UnitTestNode {
  readonly model: string
  readonly given: readonly UnitTestInput[]
  readonly expect: Omit<UnitTestInput, 'input'>
  readonly name: string
  readonly resource_type: 'unit_test'
  readonly package_name: string
  readonly path: string
  readonly original_file_path: string
  readonly unique_id: string
  readonly fqn: readonly string[]
  readonly description: string
  readonly overrides: UnitTestOverrides | null
  readonly depends_on: DependsOn
  readonly config: NodeConfig
  readonly checksum: string
  readonly schema: string
  readonly created_at: number
  readonly versions: Json
  readonly version: string | number | null
}

export interface UnitTestOverrides {
  readonly macros: JsonObject
  readonly vars: JsonObject
  readonly env_vars: JsonObject
}

export interface MacroNode {
  readonly name: string
  readonly resource_type: 'macro'
  readonly package_name: string
  readonly path: string
  readonly original_file_path: string
  readonly unique_id: string
  readonly macro_sql: string
  readonly depends_on: { readonly macros: readonly string[] }
  readonly description: string
  readonly meta: JsonObject
  readonly docs: DocsConfig
  readonly config: JsonObject
  readonly patch_path: string | null
  readonly arguments: readonly {
    readonly name: string
    readonly type: string | null
    readonly description: string
  }[]
  readonly created_at: number
  readonly supported_languages: readonly string[] | null
}

export interface DocNode {
  readonly name: string
  readonly resource_type: 'doc'
  readonly package_name: string
  readonly path: string
  readonly original_file_path: string
  readonly unique_id: string
  readonly block_contents: string
}

export interface GroupNode {
  readonly name: string
  readonly resource_type: 'group'
  readonly package_name: string
  readonly path: string
  readonly original_file_path: string
  readonly unique_id: string
  readonly owner: JsonObject
  readonly description: string | null
  readonly config: JsonObject
}

/** What lies in `manifest.nodes`. */
export type ManifestNode =
  | ModelNode
  | SeedNode
  | SnapshotNode
  | TestNode
  | AnalysisNode
  | OperationNode

/** What has its own SQL text rendered. */
export type CompiledNode = Exclude<ManifestNode, SeedNode>

/** Everything that can be selected and has a place in the graph. */
export type GraphNode = ManifestNode | SourceNode | ExposureNode | UnitTestNode

export interface Manifest {
  readonly project_name: string
  readonly adapter_type: string
  readonly nodes: ReadonlyMap<string, ManifestNode>
  readonly sources: ReadonlyMap<string, SourceNode>
  readonly macros: ReadonlyMap<string, MacroNode>
  readonly docs: ReadonlyMap<string, DocNode>
  readonly exposures: ReadonlyMap<string, ExposureNode>
  readonly groups: ReadonlyMap<string, GroupNode>
  readonly unit_tests: ReadonlyMap<string, UnitTestNode>
  readonly selectors: Readonly<Record<string, Json>>
  /** Disabled nodes by unique id; several nodes can share one id. */
  readonly disabled: ReadonlyMap<string, readonly GraphNode[]>
}

/** Looks a graph node up in the sections that can hold it. */
export const graphNode = (manifest: Manifest, uniqueId: string): GraphNode | undefined =>
  manifest.nodes.get(uniqueId) ??
  manifest.sources.get(uniqueId) ??
  manifest.exposures.get(uniqueId) ??
  manifest.unit_tests.get(uniqueId)
