import type { FlagSource, Flags, OptionValue } from '../commands/flags.ts'
import { UsageError } from '../core/errors.ts'
import type { Json, JsonObject } from '../core/json.ts'
import { commandOptions } from './command-options.ts'
import { type ConvertTools, convertValue, initialValue } from './convert-value.ts'
import { globalOptions } from './global-options.ts'
import type { OptionSpec } from './option-spec.ts'
import { optionsOf, type ParsedCommand } from './program.ts'

export interface FlagInputs {
  readonly parsed: ParsedCommand
  /** The words typed, for `invocation_command`. */
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  /** `flags:` of the project file; asked for once the project directory is known. */
  readonly projectFlags: (projectDir: string) => JsonObject
  /** `flags:` of ~/.dbt/user_settings.yml. */
  readonly userFlags: () => JsonObject
  /** The folder that --project-dir names, or where a project file is found. Absolute. */
  readonly findProject: (given: string | null) => string
  /** Where profiles.yml is looked for when nobody says. */
  readonly usualProfilesDir: string
  /** Makes a path absolute, from the working directory. */
  readonly absolute: (path: string) => string
  /** `log-path` of the project file, or undefined. */
  readonly projectLogPath: (projectDir: string) => string | undefined
  /** Whether colours are wanted when nobody said. */
  readonly colors: boolean
  readonly tools: ConvertTools
  /** A YAML value as JSON has it, for what is recorded. */
  readonly toJson: (value: OptionValue) => Json
}

interface Found {
  readonly value: OptionValue
  readonly source: FlagSource
}

/** What dbt lets a project or user decide for all commands. */
const settable: ReadonlySet<string> = new Set([
  'cache_selected_only',
  'debug',
  'fail_fast',
  'hints_enabled',
  'indirect_selection',
  'log_format',
  'log_format_file',
  'log_level',
  'log_level_file',
  'maximum_seed_size_mib',
  'partial_parse',
  'populate_cache',
  'printer_width',
  'quiet',
  'send_anonymous_usage_stats',
  'static_parser',
  'use_colors',
  'use_colors_file',
  'version_check',
  'warn_error',
  'warn_error_options',
  'write_json',
])

/**
 * Gives every option its value by dbt's precedence: command line, environment (`NAVO_X`, then
 * `DBT_ENGINE_X`, then `DBT_X`), `flags:` of the project, user settings, default.
 * Throws UsageError on a value that does not fit and on options that exclude each other.
 */
export const resolveFlags = (inputs: FlagInputs): Flags => {
  const { parsed } = inputs
  const options = optionsOf(parsed.command)
  const found = new Map<string, Found>()
  for (const option of options) found.set(option.key, fromOutside(option, inputs))
  const text = (key: string): string | null => (found.get(key)?.value ?? null) as string | null
  const projectDir = inputs.findProject(text('project_dir'))
  const project = inputs.projectFlags(projectDir)
  const user = inputs.userFlags()
  for (const option of options) {
    if (found.get(option.key)?.source !== 'default' || !settable.has(option.key)) continue
    if (option.key in project && project[option.key] !== null)
      found.set(option.key, {
        value: checked(option, project[option.key], inputs),
        source: 'project',
      })
    else if (option.key in user && user[option.key] !== null)
      found.set(option.key, { value: checked(option, user[option.key], inputs), source: 'user' })
  }
  lead(found, 'use_colors', 'use_colors_file')
  lead(found, 'log_level', 'log_level_file')
  lead(found, 'log_format', 'log_format_file')
  exclusive(found, ['warn_error', 'warn_error_options'])
  exclusive(found, ['select', 'inline'])
  exclusive(found, ['selector', 'inline'])
  eventTimes(text('event_time_start'), text('event_time_end'))
  return assemble(inputs, found, projectDir, behaviorFlags(project))
}

const fromOutside = (option: OptionSpec, inputs: FlagInputs): Found => {
  const given = inputs.parsed.given.get(option.key)
  if (given !== undefined)
    return { value: convertValue(option, given, inputs.tools), source: 'command line' }
  const variable = environmentNames(option).find(name => {
    const value = inputs.env[name]
    return value !== undefined && value !== ''
  })
  if (variable === undefined) return { value: initialValue(option), source: 'default' }
  return {
    value: convertValue(option, inputs.env[variable] ?? '', inputs.tools),
    source: 'environment',
  }
}

/** Variables that set an option, strongest first. */
export const environmentNames = (option: OptionSpec): readonly string[] => [
  `NAVO_${option.key.toUpperCase()}`,
  ...(option.env ? [`DBT_ENGINE_${option.env}`, `DBT_${option.env}`] : []),
]

/** Values of a YAML file come typed; text goes through the same checks as the command line. */
const checked = (option: OptionSpec, value: Json | undefined, inputs: FlagInputs): OptionValue => {
  if (typeof value === 'string') return convertValue(option, value, inputs.tools)
  if (typeof value === 'number' && option.kind !== 'integer')
    return convertValue(option, String(value), inputs.tools)
  return value ?? null
}

/** The setting for the screen holds for the file, unless the file has its own. */
const lead = (found: Map<string, Found>, leader: string, follower: string): void => {
  const first = found.get(leader)
  if (first && first.source !== 'default' && found.get(follower)?.source === 'default')
    found.set(follower, first)
}

const exclusive = (found: ReadonlyMap<string, Found>, keys: readonly string[]): void => {
  const set = keys.filter(key => (found.get(key)?.source ?? 'default') !== 'default')
  if (set.length > 1) throw new UsageError(`${set[1]}: not allowed with argument ${set[0]}`)
}

const eventTimes = (start: string | null, end: string | null): void => {
  if (start === null && end === null) return
  if (start === null || end === null) {
    const [given, missing] =
      start === null
        ? ['--event-time-end', '--event-time-start']
        : ['--event-time-start', '--event-time-end']
    throw new UsageError(
      `The flag \`${given}\` was specified, but \`${missing}\` was not. When specifying \`${given}\`, \`${missing}\` must also be present.`,
    )
  }
  if (Date.parse(start) >= Date.parse(end))
    throw new UsageError('Value for `--event-time-start` must be less than `--event-time-end`')
}

/** Behaviour flags have no option; dbt's defaults hold where the project says nothing. */
const behaviorFlags = (project: JsonObject): JsonObject => {
  const known = new Set(globalOptions.map(option => option.key))
  const own = Object.entries(project).filter(([key]) => !known.has(key))
  return { ...behaviorDefaults, ...Object.fromEntries(own) }
}

const behaviorDefaults: Readonly<Record<string, boolean>> = {
  allow_jinja_file_extensions: false,
  enable_grouped_warn_error_parser_logs: false,
  latest_version_pointer_enabled_by_default: false,
  require_all_warnings_handled_by_warn_error: true,
  require_batched_execution_for_custom_microbatch_strategy: true,
  require_corrected_analysis_fqns: false,
  require_explicit_package_overrides_for_builtin_materializations: true,
  require_generic_test_arguments_property: true,
  require_nested_cumulative_type_params: true,
  require_ref_searches_node_package_before_root: false,
  require_resource_names_without_spaces: true,
  require_source_and_semantic_model_names_without_spaces: false,
  require_sql_header_in_test_configs: false,
  require_unique_project_resource_names: false,
  require_valid_schema_from_generate_schema_name: false,
  require_yaml_configuration_for_mf_time_spines: true,
  skip_nodes_if_on_run_start_fails: true,
  source_freshness_run_project_hooks: true,
  state_modified_compare_more_unrendered_values: true,
  state_modified_compare_vars: false,
  support_custom_ref_kwargs: false,
  use_catalogs_v2: false,
  validate_macro_args: true,
}

const allOptions: readonly OptionSpec[] = [...globalOptions, ...Object.values(commandOptions)]

const assemble = (
  inputs: FlagInputs,
  found: Map<string, Found>,
  projectDir: string,
  behavior: JsonObject,
): Flags => {
  const { parsed, absolute } = inputs
  const values: Record<string, OptionValue> = {}
  for (const option of allOptions) values[option.key] ??= initialValue(option)
  values.output = null
  for (const [key, { value }] of found) values[key] = value
  const argument = parsed.command.argument?.key
  values.macro = null
  values.project_name = null
  if (argument) values[argument] = (parsed.given.get(argument) as string | undefined) ?? null
  values.project_dir = projectDir
  const path = (key: string): void => {
    const value = values[key]
    if (typeof value === 'string') values[key] = absolute(value)
  }
  for (const key of ['profiles_dir', 'log_path', 'state', 'defer_state']) path(key)
  values.log_path ??= inputs.projectLogPath(projectDir) ?? `${projectDir}/logs`
  values.use_colors ??= inputs.colors
  values.use_colors_file ??= false
  if (values.args === null) values.args = {}
  const which = parsed.command.which
  const invocation_command = ['navo', ...inputs.argv].join(' ')
  const all = {
    ...values,
    ...behavior,
    which,
    invocation_command,
    profiles_dir: values.profiles_dir ?? inputs.usualProfilesDir,
    warn_error_options: {
      error: [],
      warn: [],
      silence: [],
      ...(values.warn_error_options as object),
    },
  }
  const keys = [...found.keys(), ...alwaysRecorded, ...Object.keys(behavior)]
  return {
    ...(values as unknown as Flags),
    which,
    invocation_command,
    behavior,
    recorded: recorded(all, argument ? [...keys, argument] : keys, inputs.toJson),
    sources: Object.fromEntries([...found].map(([key, { source }]) => [key, source])),
  }
}

const alwaysRecorded = [
  'which',
  'invocation_command',
  'introspect',
  'project_dir',
  'log_path',
  'use_colors',
] as const

/** dbt records the options a command takes, null ones left out, and the behaviour flags. */
const recorded = (
  values: Readonly<Record<string, OptionValue>>,
  keys: readonly string[],
  toJson: FlagInputs['toJson'],
): Readonly<Record<string, Json>> => {
  const kept = [...new Set(keys)].sort().flatMap((key): [string, Json][] => {
    const value = values[key]
    return value === null || value === undefined ? [] : [[key, toJson(value)]]
  })
  return { ...Object.fromEntries(kept), strict_mode: false }
}
