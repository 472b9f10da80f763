import type { JsonObject } from '../core/json.ts'
import type { YamlMap } from './yaml-value.ts'

/** Sections of the project file that hold a config tree. */
export type ConfigSection =
  | 'models'
  | 'seeds'
  | 'snapshots'
  | 'sources'
  | 'analyses'
  | 'data_tests'
  | 'unit_tests'
  | 'exposures'
  | 'metrics'
  | 'semantic-models'
  | 'saved-queries'
  | 'functions'

export interface QueryComment {
  /** Unrendered Jinja; empty: no comment; null: the default one. */
  readonly comment: string | null
  readonly append: boolean | null
  readonly jobLabel: boolean
}

export interface DispatchEntry {
  readonly macro_namespace: string
  readonly search_order: readonly string[]
}

/** The project file (`dbt_project.yml` or `navo_project.yml`), rendered, validated, defaults filled in. */
export interface ProjectConfig {
  readonly name: string
  readonly version: string | null
  /** Absolute. */
  readonly root: string
  /** `dbt_project.yml` or `navo_project.yml`. */
  readonly fileName: string
  readonly profile: string | null
  readonly modelPaths: readonly string[]
  readonly seedPaths: readonly string[]
  readonly testPaths: readonly string[]
  readonly analysisPaths: readonly string[]
  readonly macroPaths: readonly string[]
  readonly snapshotPaths: readonly string[]
  readonly functionPaths: readonly string[]
  readonly docsPaths: readonly string[]
  readonly assetPaths: readonly string[]
  readonly targetPath: string
  readonly logPath: string
  readonly cleanTargets: readonly string[]
  readonly packagesInstallPath: string
  /** Only the parts that are set. */
  readonly quoting: {
    readonly database?: boolean
    readonly schema?: boolean
    readonly identifier?: boolean
  }
  /** Unrendered SQL. */
  readonly onRunStart: readonly string[]
  readonly onRunEnd: readonly string[]
  readonly dispatch: readonly DispatchEntry[]
  readonly queryComment: QueryComment
  readonly requireDbtVersion: readonly string[]
  readonly restrictAccess: boolean
  readonly flags: JsonObject
  /** Of vars.yml when there is one, else of the project file. Never rendered. */
  readonly vars: YamlMap
  readonly varsFromFile: boolean
  readonly configs: Readonly<Record<ConfigSection, YamlMap>>
  /** The same before rendering, for `unrendered_config`. */
  readonly unrenderedConfigs: Readonly<Record<ConfigSection, YamlMap>>
}
