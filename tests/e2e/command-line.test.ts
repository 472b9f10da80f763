import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { projectOf, type TestProject } from './navo.ts'

let project: TestProject
beforeAll(() => {
  project = projectOf({ 'dbt_project.yml': 'name: shop\nversion: "1.0"\n' })
})
afterAll(() => project.remove())

describe('what needs no project', () => {
  test('--version', async () => {
    expect(await project.navo(['--version'])).toEqual({
      exitCode: 0,
      stdout: expect.stringMatching(/^navo \d+\.\d+\.\d+\n$/),
      stderr: '',
    })
  })
  test('--help', async () => {
    const { exitCode, stdout, stderr } = await project.navo(['--help'])
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(stdout).toContain('Usage: navo [options] <command>')
    expect(stdout).toContain('Examples:')
  })
})

describe('usage errors: exit code 2, on standard error', () => {
  test('an unknown option, the nearest suggested', async () => {
    const { exitCode, stdout, stderr } = await project.navo(['run', '--full-refesh'])
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
    expect(stderr).toBe(
      "Usage: navo run [OPTIONS]\nTry 'navo run --help' for help.\n\nError: No such option: --full-refesh Did you mean --full-refresh?\n",
    )
  })
  test('an unknown command, the nearest suggested', async () => {
    const { exitCode, stderr } = await project.navo(['biuld'])
    expect(exitCode).toBe(2)
    expect(stderr).toContain("Error: No such command 'biuld'. Did you mean 'build'?")
  })
  test('a value that does not fit, in a variable too', async () => {
    const { exitCode, stderr } = await project.navo(['run'], { env: { DBT_LOG_FORMAT: 'xml' } })
    expect(exitCode).toBe(2)
    expect(stderr).toContain("Error: Invalid value for '--log-format': 'xml' is not one of 'text'")
  })
})

describe('shell completion', () => {
  test.each(['bash', 'zsh', 'fish'])('prints a script for %s', async shell => {
    const { exitCode, stdout } = await project.navo(['completion', shell])
    expect(exitCode).toBe(0)
    expect(stdout).toContain('navo __complete')
  })
  test('completes commands and options', async () => {
    const complete = async (...words: string[]) =>
      (await project.navo(['__complete', ...words])).stdout.trim().split('\n')
    expect(await complete('bu')).toEqual(['build'])
    expect(await complete('docs', '')).toEqual(['generate', 'serve'])
    expect(await complete('run', '--full')).toEqual(['--full-refresh'])
    expect(await complete('ls', '--output', 'j')).toEqual(['json'])
  })
  test('completes names of nodes from the last manifest', async () => {
    project.write({
      'target/manifest.json': JSON.stringify({
        nodes: {
          'model.shop.orders': { unique_id: 'model.shop.orders', tags: ['daily'] },
          'model.shop.users': { unique_id: 'model.shop.users', tags: [] },
        },
        sources: { 'source.shop.raw.orders': { unique_id: 'source.shop.raw.orders' } },
        macros: { 'macro.shop.grant_all': { unique_id: 'macro.shop.grant_all' } },
      }),
    })
    const complete = async (...words: string[]) =>
      (await project.navo(['__complete', ...words])).stdout.trim().split('\n')
    expect(await complete('run', '-s', 'or')).toEqual(['orders'])
    expect(await complete('run', '--select', 'users', '+or')).toEqual(['+orders'])
    expect(await complete('run', '--select', 't')).toEqual(['tag:daily'])
    expect(await complete('run', '--select', 'source:')).toEqual(['source:raw.orders'])
    expect(await complete('run-operation', 'gr')).toEqual(['grant_all'])
  })
})
