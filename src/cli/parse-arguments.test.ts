import { describe, expect, test } from 'vitest'
import { UsageError } from '../core/errors.ts'
import { ArgumentError, parseArguments } from './parse-arguments.ts'

const given = (...argv: string[]): Readonly<Record<string, unknown>> => {
  const parsed = parseArguments(argv)
  if (parsed.kind !== 'command') throw new Error(`not a command: ${parsed.kind}`)
  return { command: parsed.command.name, ...Object.fromEntries(parsed.given) }
}

const problem = (...argv: string[]): string => {
  try {
    parseArguments(argv)
  } catch (error) {
    if (error instanceof UsageError) return error.message
    throw error
  }
  return 'no problem'
}

describe('commands', () => {
  test('of one word, of two, by alias', () => {
    expect(given('run')).toEqual({ command: 'run' })
    expect(given('ls')).toEqual({ command: 'list' })
    expect(given('docs', 'generate')).toEqual({ command: 'docs generate' })
    expect(given('source', 'snapshot-freshness')).toEqual({ command: 'source freshness' })
  })
  test('with an argument', () => {
    expect(given('run-operation', 'grant', '--args', '{a: 1}')).toEqual({
      command: 'run-operation',
      macro: 'grant',
      args: '{a: 1}',
    })
    expect(given('init', 'shop')).toEqual({ command: 'init', project_name: 'shop' })
  })
})

describe('options', () => {
  test('stand before or behind the command', () => {
    const expected = { command: 'run', target: 'prod', quiet: true }
    expect(given('--target', 'prod', '-q', 'run')).toEqual(expected)
    expect(given('run', '--target=prod', '--quiet')).toEqual(expected)
    expect(given('-t', 'prod', 'run', '-q')).toEqual(expected)
    expect(given('--project-dir', 'x', 'run')).toEqual({ command: 'run', project_dir: 'x' })
  })
  test('lists take several values and repeat, under all their names', () => {
    expect(given('run', '-s', 'a', 'b', '--select', 'c', '--exclude', 'd')).toEqual({
      command: 'run',
      select: ['a', 'b', 'c'],
      exclude: ['d'],
    })
    expect(given('run', '--select=a', 'b')).toEqual({ command: 'run', select: ['a', 'b'] })
    expect(given('run', '-m', 'a', '--models', 'b', '--model', 'c')).toEqual({
      command: 'run',
      select: ['a', 'b', 'c'],
    })
  })
  test('ls keeps --models apart', () => {
    expect(given('ls', '-m', 'a')).toEqual({ command: 'list', models: ['a'] })
  })
  test('toggles have both forms', () => {
    expect(given('run', '--no-partial-parse', '--no-write-json')).toEqual({
      command: 'run',
      partial_parse: false,
      write_json: false,
    })
    expect(given('run', '--empty', '-x')).toEqual({ command: 'run', empty: true, fail_fast: true })
  })
  test('negative numbers are values', () => {
    expect(given('show', '--inline', 'select 1', '--limit', '-1')).toEqual({
      command: 'show',
      inline: 'select 1',
      limit: '-1',
    })
  })
})

describe('usage errors are in the words of dbt', () => {
  test.each([
    [['run', '--foo'], 'No such option: --foo'],
    [['run', '--full-refesh'], 'No such option: --full-refesh Did you mean --full-refresh?'],
    [['run', '-z'], 'No such option: -z'],
    [['rn'], "No such command 'rn'. Did you mean 'run'?"],
    [['docs', 'gen'], "No such command 'gen'. Commands: generate, serve."],
    [['run', '--select'], "Option '--select' requires an argument."],
    [['run', '--full-refresh=1'], "Option '--full-refresh' does not take a value."],
    [['run', 'foo'], 'Got unexpected extra argument (foo)'],
    [['completion'], "Missing argument 'SHELL'."],
    [
      ['-q', 'run', '-q'],
      'quiet was provided both before and after the subcommand, it can only be set either before or after.',
    ],
    [
      ['--full-refresh', 'run'],
      'No such option: --full-refresh Put it behind the command: navo run --full-refresh',
    ],
  ])('%j', (argv, message) => {
    expect(problem(...argv)).toBe(message)
  })
  test('the usage above them is of the command that was meant', () => {
    expect(() => parseArguments(['docs', 'serve', '--foo'])).toThrow(
      expect.objectContaining({
        constructor: ArgumentError,
        usage: "Usage: navo docs serve [OPTIONS]\nTry 'navo docs serve --help' for help.",
      }),
    )
  })
})

describe('help', () => {
  test('is asked for, or given when there is no command', () => {
    expect(parseArguments(['run', '--help'])).toMatchObject({ kind: 'help', exitCode: 0 })
    expect(parseArguments([])).toMatchObject({ kind: 'help', exitCode: 0 })
    expect(parseArguments(['docs'])).toMatchObject({ kind: 'help', exitCode: 2 })
  })
  test('groups options and shows examples', () => {
    const help = parseArguments(['build', '--help'])
    const text = help.kind === 'help' ? help.text : ''
    for (const part of ['Selection:', 'Running:', 'Output:', 'Examples:', '-s, --select'])
      expect(text).toContain(part)
    expect(text).not.toContain('--single-threaded')
  })
  test('the version is an option everywhere', () => {
    expect(parseArguments(['--version'])).toEqual({ kind: 'version' })
    expect(parseArguments(['run', '-v'])).toEqual({ kind: 'version' })
  })
})
