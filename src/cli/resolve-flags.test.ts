import { describe, expect, test } from 'vitest'
import type { Flags } from '../commands/flags.ts'
import { jsonOfOption, yamlArgument } from '../commands/yaml-argument.ts'
import type { JsonObject } from '../core/json.ts'
import { parseArguments } from './parse-arguments.ts'
import { resolveFlags } from './resolve-flags.ts'

interface World {
  readonly env?: Readonly<Record<string, string>>
  readonly project?: JsonObject
  readonly user?: JsonObject
  readonly paths?: readonly string[]
}

const flags = (line: string | readonly string[], world: World = {}): Flags => {
  const argv = typeof line === 'string' ? line.split(' ') : line
  const parsed = parseArguments(argv)
  if (parsed.kind !== 'command') throw new Error('not a command')
  return resolveFlags({
    parsed,
    argv,
    env: world.env ?? {},
    projectFlags: () => world.project ?? {},
    userFlags: () => world.user ?? {},
    findProject: given => (given === null ? '/project' : `/cwd/${given}`),
    absolute: path => (path.startsWith('/') ? path : `/cwd/${path}`),
    projectLogPath: () => undefined,
    usualProfilesDir: '/home/.dbt',
    colors: false,
    tools: { yaml: yamlArgument, exists: path => (world.paths ?? []).includes(path) },
    toJson: jsonOfOption,
  })
}

describe('precedence', () => {
  const env = { DBT_LOG_LEVEL: 'warn' }
  const project = { log_level: 'error' }
  const user = { log_level: 'debug' }
  test.each<[string, string, World, string, string]>([
    ['command line', 'run --log-level none', { env, project, user }, 'none', 'command line'],
    ['environment', 'run', { env, project, user }, 'warn', 'environment'],
    ['project', 'run', { project, user }, 'error', 'project'],
    ['user', 'run', { user }, 'debug', 'user'],
    ['default', 'run', {}, 'info', 'default'],
  ])('%s', (_, line, world, value, source) => {
    const found = flags(line, world)
    expect(found.log_level).toBe(value)
    expect(found.sources.log_level).toBe(source)
  })
  test('NAVO_X before DBT_ENGINE_X before DBT_X', () => {
    const all = { DBT_TARGET: 'a', DBT_ENGINE_TARGET: 'b', NAVO_TARGET: 'c' }
    expect(flags('run', { env: all }).target).toBe('c')
    expect(flags('run', { env: { ...all, NAVO_TARGET: '' } }).target).toBe('b')
    expect(flags('run', { env: { DBT_TARGET: 'a' } }).target).toBe('a')
  })
  test('options without a variable of dbt have one of navo', () => {
    expect(flags('run', { env: { NAVO_THREADS: '3' } }).threads).toBe(3)
    expect(flags('run', { env: { DBT_THREADS: '3' } }).threads).toBeNull()
    expect(flags('run', { env: { NAVO_SELECT: 'a b' } }).select).toEqual(['a', 'b'])
  })
})

describe('values', () => {
  test('are typed', () => {
    const found = flags(['run', '--threads', '4', '--vars', '{a: 1, b: [x]}', '-f'])
    expect(found).toMatchObject({
      which: 'run',
      threads: 4,
      vars: { a: 1, b: ['x'] },
      full_refresh: true,
      select: [],
      log_path: '/project/logs',
    })
  })
  test('booleans of variables', () => {
    expect(flags('run', { env: { DBT_QUIET: 'True' } }).quiet).toBe(true)
    expect(flags('run', { env: { DBT_QUIET: '0' } }).quiet).toBe(false)
    expect(() => flags('run', { env: { DBT_QUIET: 'maybe' } })).toThrow(
      "Invalid value for '-q' / '--quiet': 'maybe' is not a valid boolean.",
    )
  })
  test('choices do not mind case', () => {
    expect(flags('build --resource-type MODEL').resource_types).toEqual(['model'])
    expect(flags('run --log-format JSON').log_format).toBe('json')
  })
  test('the setting for the screen leads the one for the file', () => {
    expect(flags('run --log-format json').log_format_file).toBe('json')
    expect(flags('run --log-format json --log-format-file text').log_format_file).toBe('text')
    expect(flags('run').log_format_file).toBe('debug')
  })
})

describe('what does not fit', () => {
  test.each([
    ['run --threads x', "Invalid value for '--threads': 'x' is not a valid integer."],
    ['run --vars nope', "Invalid value for '--vars': String 'nope' is not valid YAML"],
    ['run --project-dir no', "Invalid value for '--project-dir': Path 'no' does not exist."],
    [
      'ls --output xml',
      "Invalid value for '--output': 'xml' is not one of 'json', 'name', 'path', 'selector'.",
    ],
    ['compile --inline x --select y', 'inline: not allowed with argument select'],
  ])('%s', (line, message) => {
    expect(() => flags(line)).toThrow(message)
  })
  test('a resource type that is not one', () => {
    expect(() => flags('ls --resource-type foo')).toThrow(
      "Invalid value for '--resource-types' / '--resource-type': 'foo' is not one of",
    )
  })
  test('one end of the event time alone', () => {
    expect(() => flags('run --event-time-start 2024-01-01')).toThrow(
      'The flag `--event-time-start` was specified, but `--event-time-end` was not.',
    )
  })
})

describe('what is recorded', () => {
  test('is what dbt records: options of the command, nulls left out, behaviour flags', () => {
    const found = flags(['run', '-s', 'a', '--vars', '{day: 2024-01-01, x: 1.0}'], {
      project: { require_unique_project_resource_names: true, my_flag: 1 },
    })
    expect(found.recorded).toMatchObject({
      which: 'run',
      select: ['a'],
      exclude: [],
      vars: { day: '2024-01-01', x: 1 },
      invocation_command: 'navo run -s a --vars {day: 2024-01-01, x: 1.0}',
      require_unique_project_resource_names: true,
      my_flag: 1,
      project_dir: '/project',
    })
    expect(found.recorded).not.toHaveProperty('target')
    expect(found.recorded).not.toHaveProperty('limit')
  })
})
