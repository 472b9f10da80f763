import type { Json, JsonObject } from '../core/json.ts'
import type { YamlMap } from '../project/yaml-value.ts'

export type { YamlMap }

/** What an option can hold. */
export type OptionValue = Json | YamlMap

/** Where the value of a flag came from, strongest first. */
export type FlagSource = 'command line' | 'environment' | 'project' | 'user' | 'default'

/**
 * The resolved options of an invocation, under dbt's names. Every command has all of them; those it
 * does not take hold their default.
 */
export interface Flags {
  /** dbt's name of the command: run, build, list, generate, freshness … */
  readonly which: string
  readonly invocation_command: string

  readonly select: readonly string[]
  /** `ls --models` only. */
  readonly models: readonly string[]
  readonly exclude: readonly string[]
  readonly selector: string | null
  readonly resource_types: readonly string[]
  readonly exclude_resource_types: readonly string[]
  readonly indirect_selection: 'eager' | 'cautious' | 'buildable' | 'empty'

  /** Absolute. */
  readonly project_dir: string
  /** Absolute; null = look as dbt does. */
  readonly profiles_dir: string | null
  readonly profile: string | null
  readonly target: string | null
  readonly target_path: string | null
  /** As YAML gives them: 1.0 is not 1, dates are dates. */
  readonly vars: YamlMap
  readonly threads: number | null
  readonly single_threaded: boolean

  readonly full_refresh: boolean
  readonly empty: boolean
  readonly fail_fast: boolean
  readonly store_failures: boolean
  readonly show: boolean
  readonly introspect: boolean
  readonly inject_ephemeral_ctes: boolean
  readonly populate_cache: boolean
  readonly cache_selected_only: boolean

  readonly inline: string | null
  readonly inline_direct: string | null
  readonly limit: number
  /** `show`, `compile`: text or json; `ls`: selector, name, path or json; `source freshness`: a file. */
  readonly output: string | null
  readonly output_keys: readonly string[]
  readonly macro: string | null
  readonly args: YamlMap
  readonly sql: string | null
  readonly project_name: string | null

  readonly compile: boolean
  readonly empty_catalog: boolean
  readonly static: boolean
  readonly host: string
  readonly port: number
  readonly browser: boolean

  readonly connection: boolean
  readonly config_dir: boolean
  readonly clean_project_files_only: boolean
  readonly skip_profile_setup: boolean

  readonly lock: boolean
  readonly upgrade: boolean
  /** `name@version`, as typed. */
  readonly add_package: string | null
  readonly source: 'hub' | 'git' | 'local'

  readonly state: string | null
  readonly defer: boolean

  readonly quiet: boolean
  readonly debug: boolean
  readonly log_format: 'text' | 'debug' | 'json' | 'default'
  readonly log_format_file: 'text' | 'debug' | 'json' | 'default'
  readonly log_level: 'debug' | 'info' | 'warn' | 'error' | 'none'
  readonly log_level_file: 'debug' | 'info' | 'warn' | 'error' | 'none'
  /** Absolute. */
  readonly log_path: string
  readonly log_file_max_bytes: number
  readonly use_colors: boolean
  readonly use_colors_file: boolean
  readonly printer_width: number
  readonly print: boolean
  readonly write_json: boolean

  readonly partial_parse: boolean
  readonly version_check: boolean
  readonly warn_error: boolean
  readonly warn_error_options: JsonObject
  readonly maximum_seed_size_mib: number

  /** Behaviour flags of the project's `flags:`, by name. */
  readonly behavior: JsonObject
  /** What goes into `args` of run_results.json and into `invocation_args_dict`. */
  readonly recorded: Readonly<Record<string, Json>>
  readonly sources: Readonly<Record<string, FlagSource>>
}
