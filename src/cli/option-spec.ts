/** The headings under which `--help` lists options. */
export type OptionGroup =
  | 'Selection'
  | 'Running'
  | 'Project and target'
  | 'State'
  | 'Output'
  | 'Parsing and warnings'

interface OptionBase {
  /** dbt's name of the parameter: the key in `Flags`, in `flags:` and in run_results' `args`. */
  readonly key: string
  /** Long name without dashes; `key` with hyphens unless told otherwise. */
  readonly long?: string
  readonly short?: string
  /** Further spellings, not shown in help. */
  readonly aliases?: readonly string[]
  readonly group: OptionGroup
  /** What the option does; of a toggle that is on by default, what its `--no-` form does. */
  readonly help: string
  /** dbt's variable without its `DBT_` or `DBT_ENGINE_` prefix. Each option also has `NAVO_<KEY>`. */
  readonly env?: string
  readonly hidden?: boolean
  /** dbt knows it and navo accepts it, but it changes nothing here. */
  readonly ignored?: boolean
}

/** How an option is written, converted and checked; the errors are click's. */
export type OptionSpec = OptionBase &
  (
    | { readonly kind: 'switch'; readonly initial: boolean }
    | { readonly kind: 'toggle'; readonly initial: boolean | null }
    | { readonly kind: 'integer'; readonly initial: number | null; readonly value: string }
    | { readonly kind: 'text'; readonly initial: string | null; readonly value: string }
    | {
        readonly kind: 'path'
        readonly initial: string | null
        readonly value: string
        readonly mustExist?: boolean
      }
    | {
        readonly kind: 'choice'
        readonly initial: string
        readonly choices: readonly string[]
        readonly value: string
      }
    | { readonly kind: 'list'; readonly value: string; readonly choices?: readonly string[] }
    | { readonly kind: 'yaml'; readonly value: string; readonly initial: 'empty' | null }
  )

/** The long name as typed, with dashes. */
export const longName = (option: OptionSpec): string =>
  `--${option.long ?? option.key.replaceAll('_', '-')}`

/** How click names an option in `Invalid value for …`. */
export const optionLabel = (option: OptionSpec): string =>
  [
    ...(option.short ? [`-${option.short}`] : []),
    longName(option),
    ...(option.key.endsWith('resource_types') ? (option.aliases ?? []) : []),
  ]
    .map(name => `'${name}'`)
    .join(' / ')
