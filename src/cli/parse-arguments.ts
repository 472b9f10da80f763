import { type Command, CommanderError } from 'commander'
import { UsageError } from '../core/errors.ts'
import { nearest } from '../core/nearest.ts'
import { type CommandSpec, commandTable } from './command-table.ts'
import { longName, type OptionSpec } from './option-spec.ts'
import {
  attributesOf,
  buildProgram,
  type Given,
  optionsBeforeCommand,
  optionsOf,
  type ParsedCommand,
} from './program.ts'

/** A word of the command line that cannot be understood. */
export class ArgumentError extends UsageError {
  constructor(
    message: string,
    /** How the command is used that the word stands behind. */
    readonly usage: string,
  ) {
    super(message)
  }
}

export type ParsedArguments =
  | ({ readonly kind: 'command' } & ParsedCommand)
  | { readonly kind: 'completion'; readonly shell: string }
  | { readonly kind: 'version' }
  /** Help was asked for and is printed, or a group was named without a command. */
  | { readonly kind: 'help'; readonly text: string; readonly exitCode: 0 | 2 }

/**
 * Reads a command line (without `node` and the script).
 * Throws UsageError in click's words, as dbt's users know them.
 */
export const parseArguments = (argv: readonly string[]): ParsedArguments => {
  let parsed: ParsedArguments | undefined
  const program = buildProgram((command, chain, argument) => {
    parsed = collect(command, chain, argument)
  })
  const help: string[] = []
  const listen = (command: Command): void => {
    command.configureOutput({
      writeOut: text => help.push(text),
      writeErr: text => help.push(text),
      outputError: () => undefined,
    })
    for (const child of command.commands) listen(child)
  }
  listen(program)
  const completion = program.commands.find(command => command.name() === 'completion')
  completion?.action((shell: string) => {
    parsed = { kind: 'completion', shell }
  })
  if (argv.length === 0) {
    program.outputHelp()
    return { kind: 'help', text: help.join(''), exitCode: 0 }
  }
  try {
    program.parse(separateListValues(argv), { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.code === 'commander.helpDisplayed')
      return { kind: 'help', text: help.join(''), exitCode: 0 }
    if (asksVersion(program)) return { kind: 'version' }
    if (error.code === 'commander.help') return { kind: 'help', text: help.join(''), exitCode: 2 }
    const at = commandAt(program, before(argv, error))
    throw new ArgumentError(clickMessage(error, at, argv), usageOf(at))
  }
  return parsed ?? { kind: 'help', text: program.helpInformation(), exitCode: 2 }
}

const listNames: ReadonlySet<string> = new Set([
  '--select',
  '--models',
  '--model',
  '--exclude',
  '--resource-type',
  '--resource-types',
  '--exclude-resource-type',
  '--exclude-resource-types',
  '--output-keys',
])

/** `--select=a b` takes b too, as in dbt; commander would stop at a. */
const separateListValues = (argv: readonly string[]): string[] =>
  argv.flatMap(word => {
    const at = word.indexOf('=')
    return at > 0 && listNames.has(word.slice(0, at))
      ? [word.slice(0, at), word.slice(at + 1)]
      : [word]
  })

const collect = (
  command: CommandSpec,
  chain: readonly Command[],
  argument: unknown,
): ParsedArguments => {
  if (chain.some(asksVersion)) return { kind: 'version' }
  const given = new Map<string, string | boolean | readonly string[]>()
  const inner = chain.at(-1)
  for (const at of chain) {
    for (const option of at === inner ? optionsOf(command) : optionsBeforeCommand) {
      const value = givenValue(at, option)
      if (value === undefined) continue
      if (given.has(option.key))
        throw new UsageError(
          `${option.key} was provided both before and after the subcommand, it can only be set either before or after.`,
        )
      given.set(option.key, value)
    }
  }
  if (command.argument && typeof argument === 'string') given.set(command.argument.key, argument)
  return { kind: 'command', command, given: withoutForeign(command, given) }
}

const asksVersion = (command: Command): boolean => {
  const { version, v } = command.opts<{ readonly version?: boolean; readonly v?: boolean }>()
  return version === true || v === true
}

/** Project options before a command that has no use for them are dropped, as `init`'s --threads. */
const withoutForeign = (command: CommandSpec, given: Given): Given => {
  const known = new Set(optionsOf(command).map(option => option.key))
  if (command.argument) known.add(command.argument.key)
  return new Map([...given].filter(([key]) => known.has(key)))
}

const givenValue = (
  command: Command,
  option: OptionSpec,
): string | boolean | readonly string[] | undefined => {
  const values = command.opts<Readonly<Record<string, string | boolean | string[] | undefined>>>()
  const found = attributesOf(option)
    .map(name => values[name])
    .filter(value => value !== undefined)
  if (found.length === 0) return undefined
  if (option.kind !== 'list') return found[0]
  return found.flatMap(value => (Array.isArray(value) ? value : [String(value)]))
}

const quoted = (text: string): string => /'([^']*)'/.exec(text)?.[1] ?? ''

/** The words in front of the one that is wrong; all when the message names no word of the line. */
const before = (argv: readonly string[], error: CommanderError): readonly string[] => {
  const named =
    error.code === 'commander.unknownOption' || error.code === 'commander.unknownCommand'
  const at = named ? argv.indexOf(quoted(error.message)) : -1
  return at < 0 ? argv : argv.slice(0, at)
}

/** Which command the error is about: its words, and what it could have understood. */
const commandAt = (program: Command, argv: readonly string[]): Command => {
  let at = program
  for (const word of argv) {
    const child = at.commands.find(c => c.name() === word || c.aliases().includes(word))
    if (child) at = child
  }
  return at
}

const pathOf = (command: Command): string =>
  command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`

/** The two lines above `Error: …`: how the command that was meant is used. */
export const usageText = (argv: readonly string[]): string =>
  usageOf(
    commandAt(
      buildProgram(() => undefined),
      argv,
    ),
  )

const usageOf = (command: Command): string => {
  const path = pathOf(command)
  const shape =
    command.parent === null
      ? '[OPTIONS] [COMMAND] [ARGS]...'
      : command.commands.length > 0
        ? '[OPTIONS] COMMAND [ARGS]...'
        : '[OPTIONS]'
  return `Usage: ${path} ${shape}\nTry '${path} --help' for help.`
}

/** click's sentence for commander's error. */
const clickMessage = (error: CommanderError, command: Command, argv: readonly string[]): string => {
  const word = quoted(error.message)
  switch (error.code) {
    case 'commander.unknownOption': {
      const flag = word.split('=')[0] ?? word
      return unknownOption(word, flag, command, argv)
    }
    case 'commander.unknownCommand': {
      const names = command.commands.flatMap(c => [c.name(), ...c.aliases()])
      const near = nearest(word, names)
      return `No such command '${word}'.${near ? ` Did you mean '${near}'?` : ` Commands: ${names.join(', ')}.`}`
    }
    case 'commander.excessArguments': {
      const extra = command.args.slice(command.registeredArguments.length)
      return `Got unexpected extra argument${extra.length > 1 ? 's' : ''} (${extra.join(' ')})`
    }
    case 'commander.optionMissingArgument': {
      const flag = word.split(/[ ,]+/).find(part => part.startsWith('--')) ?? word
      return `Option '${flag}' requires an argument.`
    }
    case 'commander.missingArgument':
      return `Missing argument '${word.toUpperCase()}'.`
    default:
      return error.message.replace(/^error: /, '')
  }
}

const unknownOption = (
  word: string,
  flag: string,
  command: Command,
  argv: readonly string[],
): string => {
  const here = command.options.flatMap(o => [o.long, o.short].filter(name => name !== undefined))
  if (here.includes(flag) && word.includes('=')) return `Option '${flag}' does not take a value.`
  const owner = commandTable.find(
    spec => argv.includes(spec.name) && optionsOf(spec).some(option => longName(option) === flag),
  )
  if (command.parent === null && owner)
    return `No such option: ${flag} Put it behind the command: navo ${owner.name} ${flag}`
  const near = nearest(
    flag,
    command.options.filter(o => !o.hidden).flatMap(o => (o.long ? [o.long] : [])),
  )
  return `No such option: ${flag}${near ? ` Did you mean ${near}?` : ''}`
}
