import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import type { Flags, YamlMap } from '../commands/flags.ts'
import type { Invocation } from '../commands/services.ts'
import { RuntimeError, UsageError } from '../core/errors.ts'
import type { Emit } from '../core/events.ts'
import type { JsonObject } from '../core/json.ts'
import { parseDotenv } from './dotenv.ts'
import { nodeFiles } from './node-files.ts'
import {
  ArgumentError,
  type ParsedArguments,
  parseArguments,
  usageText,
} from './parse-arguments.ts'
import { openConsole } from './render/console.ts'
import type { Sink } from './render/sink.ts'
import type { Stream } from './render/stream.ts'
import { resolveFlags } from './resolve-flags.ts'
import { scrubber } from './scrub.ts'
import { version } from './version.ts'

/** The outside world of one invocation. */
export interface Process {
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly workingDirectory: string
  readonly stdout: Stream
  readonly stderr: Stream
  readonly interactive: boolean
  readonly processId: number
  /** Fires at the first Ctrl-C. */
  readonly signal: AbortSignal
  /** Sees every event, whatever is shown of it. */
  readonly onEvent?: Emit
}

/**
 * Runs a command line and gives its exit code: 0 done, 1 something failed, 2 could not run.
 * Nothing is thrown.
 */
export const main = async (world: Process): Promise<0 | 1 | 2> => {
  if (world.argv[0] === '__complete') {
    const { complete } = await import('./completion.ts')
    const found = complete(world.argv.slice(1), world.workingDirectory)
    world.stdout.write(found.map(word => `${word}\n`).join(''))
    return 0
  }
  try {
    const parsed = parseArguments(world.argv)
    switch (parsed.kind) {
      case 'version':
        world.stdout.write(`navo ${version}\n`)
        return 0
      case 'help':
        ;(parsed.exitCode === 0 ? world.stdout : world.stderr).write(parsed.text)
        return parsed.exitCode
      case 'completion':
        return await printCompletion(world, parsed.shell)
      case 'command':
        return await runCommand(world, parsed)
    }
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    const usage = error instanceof ArgumentError ? error.usage : usageText(world.argv)
    world.stderr.write(`${usage}\n\nError: ${error.message}\n`)
    return 2
  }
}

const printCompletion = async (world: Process, shell: string): Promise<0> => {
  const { completionScript, shells } = await import('./completion.ts')
  const script = completionScript(shell)
  if (script === undefined)
    throw new UsageError(
      `Invalid value for 'SHELL': '${shell}' is not one of ${shells.map(s => `'${s}'`).join(', ')}.`,
    )
  world.stdout.write(script)
  return 0
}

const runCommand = async (
  world: Process,
  parsed: Extract<ParsedArguments, { kind: 'command' }>,
): Promise<0 | 1 | 2> => {
  const startedAt = new Date()
  const env = environment(world)
  const flags = await flagsOf(world, parsed, env)
  const invocation: Invocation = {
    id: randomUUID(),
    startedAt,
    env,
    workingDirectory: world.workingDirectory,
    version,
    interactive: world.interactive,
  }
  const console = openConsole({
    flags,
    out: world.stdout,
    read: linesReader(flags.project_dir),
    file: parsed.command.which !== 'clean' && parsed.command.which !== 'init',
    ...(world.onEvent ? { onEvent: world.onEvent } : {}),
    context: {
      invocationId: invocation.id,
      processId: world.processId,
      now: () => new Date(),
      scrub: scrubber(env),
    },
  })
  console.handle({ kind: 'started', version, command: parsed.command.name })
  try {
    const [command, { compose }] = await Promise.all([
      parsed.command.load(),
      import('./compose.ts'),
    ])
    const { services, close } = compose({ flags, invocation, signal: world.signal, console })
    try {
      return (await command(services)) ? 0 : 1
    } finally {
      await close()
    }
  } catch (error) {
    return failed(error, console, world)
  } finally {
    console.close()
  }
}

/** A usage error found late is still one; all else is logged. Ctrl-C is no error of navo's. */
const failed = (error: unknown, console: Sink, world: Process): 1 | 2 => {
  if (error instanceof UsageError) throw error
  if (world.signal.aborted && error instanceof Error && error.name === 'AbortError') return 1
  console.handle({ kind: 'failed', error: systemError(error) })
  return 2
}

/** What the system refuses (no access, no space, no such folder) is no bug of navo's. */
const systemError = (error: unknown): Error => {
  if (!(error instanceof Error)) return new Error(String(error))
  return 'syscall' in error && 'code' in error
    ? new RuntimeError(error.message, { code: 'system', cause: error })
    : error
}

/** Process environment over a `.env` file, which is looked for here and upwards, as dbt does. */
const environment = (world: Process): Readonly<Record<string, string | undefined>> => {
  for (let at = world.workingDirectory; ; at = dirname(at)) {
    const text = textOf(join(at, '.env'))
    if (text !== undefined) return { ...parseDotenv(text), ...world.env }
    if (dirname(at) === at) return world.env
  }
}

/** The lines of files, each file read once: a thousand warnings can be about one. */
const linesReader = (directory: string): ((file: string) => readonly string[] | undefined) => {
  const known = new Map<string, readonly string[] | undefined>()
  return file => {
    if (!known.has(file)) known.set(file, textOf(join(directory, file))?.split(/\r?\n/))
    return known.get(file)
  }
}

const textOf = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

const flagsOf = async (
  world: Process,
  parsed: Extract<ParsedArguments, { kind: 'command' }>,
  env: Process['env'],
): Promise<Flags> => {
  const [{ jsonOfOption, yamlArgument }, { nearestProject, projectFolder, projectHead }] =
    await Promise.all([
      import('../commands/yaml-argument.ts'),
      import('../commands/project-head.ts'),
    ])
  const absolute = (path: string): string => resolve(world.workingDirectory, path)
  const heads = new Map<string, ReturnType<typeof projectHead>>()
  const head = (directory: string): ReturnType<typeof projectHead> => {
    const known = heads.get(directory) ?? projectHead(nodeFiles, directory)
    heads.set(directory, known)
    return known
  }
  return resolveFlags({
    parsed,
    argv: world.argv,
    env,
    absolute,
    findProject: given =>
      given === null
        ? nearestProject(nodeFiles, world.workingDirectory)
        : projectFolder(nodeFiles, absolute(given)),
    projectFlags: directory => head(directory).flags,
    projectLogPath: directory => head(directory).logPath,
    userFlags: () => userFlags(yamlArgument),
    usualProfilesDir: existsSync(absolute('profiles.yml'))
      ? world.workingDirectory
      : join(homedir(), '.dbt'),
    colors: wantsColors(world, env),
    tools: { yaml: yamlArgument, exists: path => existsSync(absolute(path)) },
    toJson: jsonOfOption,
  })
}

/** `flags:` of ~/.dbt/user_settings.yml; a broken file counts for nothing, as in dbt. */
const userFlags = (yaml: (text: string) => YamlMap): JsonObject => {
  const text = textOf(join(homedir(), '.dbt', 'user_settings.yml'))
  if (text === undefined) return {}
  try {
    const { flags } = yaml(text)
    return typeof flags === 'object' && flags !== null ? (flags as JsonObject) : {}
  } catch {
    return {}
  }
}

/** https://no-color.org, and FORCE_COLOR for terminals that are not known as such. */
const wantsColors = (world: Process, env: Process['env']): boolean => {
  if (env.NO_COLOR) return false
  if (env.FORCE_COLOR && env.FORCE_COLOR !== '0') return true
  return world.stdout.isTTY === true && env.TERM !== 'dumb'
}
