import type { NavoError } from '../core/errors.ts'
import type { Json, JsonObject } from '../core/json.ts'
import type { Constraint, DocsConfig, ExternalTable, FreshnessThreshold } from '../core/manifest.ts'
import type { Span } from '../core/span.ts'
import type { YamlMap, YamlPath, YamlValue } from './yaml-value.ts'

/** What every entry of a property file has. */
export interface Properties {
  readonly name: string
  /** Not rendered: `doc()` is resolved when the whole project is known. */
  readonly description: string
  /**
   * Rendered. As in dbt, `meta`, `docs`, `group`, `contract` and `access` given beside `config:`
   * are moved into it (models, seeds, snapshots, analyses).
   */
  readonly config: YamlMap
  /** The `config:` block as written, for `unrendered_config`. */
  readonly unrenderedConfig: YamlMap
  /** Where the entry lies in its file: `['models', 0]`. */
  readonly at: YamlPath
}

/** A data test as one spelling, whatever way it was written in. Nothing in it is rendered. */
export interface DataTestProperties {
  /** `unique`, or `package.name` split in two. */
  readonly name: string
  readonly namespace: string | null
  /** `name:` of the test, when given. */
  readonly customName: string | null
  readonly description: string
  /** Arguments for the macro without `model`; `column_name` only where it was written. In that order. */
  readonly args: YamlMap
  /** `config:` and the configs written beside it. */
  readonly config: YamlMap
  readonly at: YamlPath
}

export interface ColumnProperties {
  readonly name: string
  readonly description: string
  readonly data_type: string | null
  readonly meta: YamlMap
  /** Tags beside and in `config:`, without repetitions. */
  readonly tags: readonly string[]
  readonly quote: boolean | null
  readonly constraints: readonly Constraint[]
  readonly data_tests: readonly DataTestProperties[]
  readonly granularity: string | null
  readonly at: YamlPath
}

/** seeds: and snapshots: */
export interface NodeProperties extends Properties {
  readonly columns: readonly ColumnProperties[]
  readonly data_tests: readonly DataTestProperties[]
  readonly quote_columns: boolean | null
  readonly docs: DocsConfig | null
}

export type ModelVersionId = string | number

export interface VersionProperties {
  readonly v: ModelVersionId
  readonly defined_in: string | null
  readonly description: string
  readonly access: string | null
  readonly config: YamlMap
  readonly unrenderedConfig: YamlMap
  readonly constraints: readonly Constraint[] | null
  readonly docs: DocsConfig | null
  /** Columns that this version has, `include`/`exclude` applied to the model's own. */
  readonly columns: readonly ColumnProperties[]
  /** The version's own tests, else the model's. */
  readonly data_tests: readonly DataTestProperties[]
  readonly deprecation_date: string | null
  readonly at: YamlPath
}

export interface ModelProperties extends NodeProperties {
  readonly access: string | null
  readonly constraints: readonly Constraint[]
  readonly latest_version: ModelVersionId | null
  /** In the order written; empty for a model without versions. */
  readonly versions: readonly VersionProperties[]
  /** ISO 8601 with a zone, as in the manifest. */
  readonly deprecation_date: string | null
  readonly time_spine: Json
}

/** A snapshot defined in YAML alone has a `relation`: `ref('x')` or `source('a', 'b')`. */
export interface SnapshotProperties extends NodeProperties {
  readonly relation: string | null
}

export interface SourceTableProperties {
  readonly name: string
  readonly description: string
  readonly identifier: string | null
  readonly config: YamlMap
  readonly meta: YamlMap
  readonly tags: readonly string[]
  readonly quoting: Readonly<Record<string, boolean | null>>
  /** undefined: not set; null: switched off. */
  readonly freshness: FreshnessThreshold | null | undefined
  /** undefined: not set; null: set to null, which hides the source's. */
  readonly loaded_at_field: string | null | undefined
  readonly loaded_at_query: string | null
  readonly external: ExternalTable | null
  readonly columns: readonly ColumnProperties[]
  readonly data_tests: readonly DataTestProperties[]
  readonly at: YamlPath
}

export interface SourceProperties {
  readonly name: string
  readonly description: string
  readonly database: string | null
  readonly schema: string | null
  readonly unrenderedDatabase: string | null
  readonly unrenderedSchema: string | null
  readonly loader: string
  readonly config: YamlMap
  readonly unrenderedConfig: YamlMap
  readonly meta: YamlMap
  readonly tags: readonly string[]
  readonly quoting: Readonly<Record<string, boolean | null>>
  readonly freshness: FreshnessThreshold | null | undefined
  readonly loaded_at_field: string | null | undefined
  readonly loaded_at_query: string | null
  /** Name of the package whose source of this name is overridden. */
  readonly overrides: string | null
  /** The keys that were written, for `overrides`. */
  readonly given: ReadonlySet<string>
  readonly tables: readonly SourceTableProperties[]
  readonly at: YamlPath
}

export interface MacroProperties extends Properties {
  readonly docs: DocsConfig
  readonly meta: YamlMap
  readonly arguments: readonly {
    readonly name: string
    readonly type: string | null
    readonly description: string
  }[]
}

export interface ExposureProperties extends Properties {
  readonly type: string
  readonly owner: JsonObject
  readonly label: string | null
  readonly maturity: string | null
  readonly meta: YamlMap
  readonly tags: readonly string[]
  readonly url: string | null
  /** `ref('x')`, `source('a', 'b')`. */
  readonly depends_on: readonly string[]
}

export interface GroupProperties extends Properties {
  readonly owner: JsonObject
}

export interface UnitTestFixture {
  readonly rows: YamlValue
  readonly format: 'dict' | 'csv' | 'sql'
  readonly fixture: string | null
}

export interface UnitTestProperties extends Properties {
  readonly model: string
  readonly given: readonly (UnitTestFixture & { readonly input: string })[]
  readonly expect: UnitTestFixture
  readonly overrides: {
    readonly macros: YamlMap
    readonly vars: YamlMap
    readonly env_vars: YamlMap
  } | null
  readonly versions: {
    readonly include: readonly ModelVersionId[] | null
    readonly exclude: readonly ModelVersionId[] | null
  } | null
}

/** One property file (`schema.yml`), typed. Broken entries are left out and stand in `errors`. */
export interface PropertyFile {
  readonly path: string
  readonly models: readonly ModelProperties[]
  readonly seeds: readonly NodeProperties[]
  readonly snapshots: readonly SnapshotProperties[]
  readonly analyses: readonly NodeProperties[]
  readonly sources: readonly SourceProperties[]
  readonly macros: readonly MacroProperties[]
  readonly exposures: readonly ExposureProperties[]
  readonly groups: readonly GroupProperties[]
  readonly unit_tests: readonly UnitTestProperties[]
  /** Descriptions of singular tests. */
  readonly data_tests: readonly Properties[]
  readonly errors: readonly NavoError[]
  readonly warnings: readonly NavoError[]
  /** The place of a value (of the nearest one above it that exists). Reads the file again. */
  spanOf(path: YamlPath): Span
}
