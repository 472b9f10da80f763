import { Command, Option } from 'commander'
import { type CommandOption, commandOptions } from './command-options.ts'
import { type CommandSpec, commandGroups, commandTable } from './command-table.ts'
import { globalOptions } from './global-options.ts'
import { longName, type OptionSpec } from './option-spec.ts'

/** Text or truth as it was typed, by dbt's key of the option. */
export type Given = ReadonlyMap<string, string | boolean | readonly string[]>

/** What the command line asked for, not yet converted. */
export interface ParsedCommand {
  readonly command: CommandSpec
  readonly given: Given
}

const beforeCommand: readonly CommandOption[] = [
  'projectDir',
  'profilesDir',
  'targetPath',
  'vars',
  'threads',
]

/** Options of a command; its own come first in help. */
export const optionsOf = (command: CommandSpec): readonly OptionSpec[] => [
  ...command.options.map((name): OptionSpec => commandOptions[name]),
  ...globalOptions,
]

/** Options that may stand before the name of any command. */
export const optionsBeforeCommand: readonly OptionSpec[] = [
  ...beforeCommand.map((name): OptionSpec => commandOptions[name]),
  ...globalOptions,
]

/** `chain` is the program, the group if there is one, and the command itself. */
type OnCommand = (command: CommandSpec, chain: readonly Command[], argument: unknown) => void

/** Builds the commander program; `onCommand` is called with the command that was typed. */
export const buildProgram = (onCommand: OnCommand): Command => {
  const program = prepare(new Command('navo'))
    .usage('[options] <command>')
    .description(
      'Runs SQL models written in Jinja, with their tests, on DuckDB or Athena. dbt projects run unchanged.',
    )
    .enablePositionalOptions()
    .helpCommand(false)
  addOptions(program, optionsBeforeCommand, 'hidden')
  program.addHelpText('after', `${examplesText(topExamples)}\n${moreHelp}`)
  const groups = new Map<string, Command>()
  for (const spec of byGroup) {
    const [first = '', second] = spec.name.split(' ')
    if (second === undefined) {
      addCommand(program, spec, first, onCommand)
      continue
    }
    let group = groups.get(first)
    if (group === undefined) {
      group = prepare(new Command(first))
        .description(commandGroups[first] ?? '')
        .helpGroup(`${spec.group}:`)
        .enablePositionalOptions()
        .helpCommand(false)
      addLater(program, group, globalOptions)
      groups.set(first, group)
      program.addCommand(group)
    }
    addCommand(group, spec, second, onCommand)
  }
  program.addCommand(
    prepare(new Command('completion'))
      .description('Print the completion script of a shell: bash, zsh or fish')
      .helpGroup('Project:')
      .argument('<shell>')
      .action(() => undefined),
  )
  return program
}

/** `navo --help` shows what one does every day first. */
const byGroup = (['Build', 'Look', 'Project'] as const).flatMap(group =>
  commandTable.filter(spec => spec.group === group),
)

const moreHelp = `
Each command has its own --help. Options such as --target, --quiet and --log-format may also stand
before the command; every option has a variable: NAVO_TARGET, or DBT_TARGET as in dbt.`

const topExamples = [
  ['navo init shop && cd shop && navo build', 'a first project, built and tested'],
  ['navo build --select +orders', 'one model and all it is made of'],
  ['navo test --select orders', 'its tests'],
  ['navo docs generate && navo docs serve', 'documentation with lineage'],
] as const

const prepare = (command: Command): Command =>
  command
    .exitOverride()
    .configureOutput({ outputError: () => undefined })
    .allowExcessArguments(false)
    .helpOption('-h, --help', 'Show this help')

const addCommand = (
  parent: Command,
  spec: CommandSpec,
  word: string,
  onCommand: OnCommand,
): void => {
  const command = prepare(new Command(word))
    .usage(`[options]${spec.argument ? ` ${spec.argument.label}` : ''}`)
    .description(spec.summary)
    .helpGroup(`${spec.group}:`)
    .addHelpText('after', examplesText(spec.examples))
  for (const alias of spec.aliases ?? []) command.alias(alias)
  if (spec.argument) command.argument(spec.argument.label, spec.argument.help)
  addLater(parent, command, optionsOf(spec))
  command.action((...found: unknown[]) => {
    const chain: Command[] = []
    for (let at: Command | null = command; at !== null; at = at.parent) chain.unshift(at)
    onCommand(spec, chain, spec.argument ? found[0] : undefined)
  })
  parent.addCommand(command)
}

const examplesText = (examples: readonly (readonly [string, string])[]): string => {
  const width = Math.max(...examples.map(([command]) => command.length))
  return ['', 'Examples:', ...examples.map(([c, what]) => `  ${c.padEnd(width)}  ${what}`)].join(
    '\n',
  )
}

/**
 * Gives a command its options when it is called: making those of all commands would take longer than
 * reading a small project.
 */
const addLater = (parent: Command, command: Command, options: readonly OptionSpec[]): void => {
  parent.hook('preSubcommand', (_, called) => {
    if (called === command) addOptions(command, options)
  })
}

const addOptions = (
  command: Command,
  options: readonly OptionSpec[],
  inHelp: 'shown' | 'hidden' = 'shown',
): void => {
  for (const option of options)
    for (const made of commanderOptions(option))
      command.addOption(inHelp === 'hidden' ? made.hideHelp() : made)
  command.addOption(new Option('-V, --version', 'Show the version').hideHelp(inHelp === 'shown'))
  command.addOption(new Option('-v').hideHelp())
}

const commanderOptions = (option: OptionSpec): Option[] => {
  const long = longName(option)
  const short = option.short ? `-${option.short}, ` : ''
  const group = `${option.group}:`
  const make = (flags: string, hidden: boolean): Option =>
    new Option(flags, option.help).helpGroup(group).hideHelp(hidden || option.hidden === true)
  if (option.kind === 'switch') return [make(`${short}${long}`, false)]
  if (option.kind === 'toggle') {
    const no = `--no-${long.slice(2)}`
    // Help shows the spelling that changes something.
    return [make(`${short}${long}`, option.initial === true), make(no, option.initial !== true)]
  }
  const value = option.kind === 'list' ? `<${option.value}...>` : `<${option.value}>`
  const first = make(`${short}${long} ${value}`, false)
  return [first, ...aliasFlags(option).map(flags => make(`${flags} ${value}`, true))]
}

/** A short alias and the first long one share an option, as commander wants one of each. */
const aliasFlags = (option: OptionSpec): readonly string[] => {
  const shorts = option.aliases?.filter(alias => !alias.startsWith('--')) ?? []
  const longs = option.aliases?.filter(alias => alias.startsWith('--')) ?? []
  return longs.map((long, i) => (shorts[i] === undefined ? long : `${shorts[i]}, ${long}`))
}

/** Commander's attribute names that carry an option's value, the option's own first. */
export const attributesOf = (option: OptionSpec): readonly string[] =>
  [longName(option), ...(option.aliases?.filter(alias => alias.startsWith('--')) ?? [])].map(name =>
    new Option(name).attributeName(),
  )
