import { afterEach, describe, expect, test } from 'vitest'
import { projectOf, type TestProject } from './navo.ts'

const base = {
  'dbt_project.yml': 'name: shop\nversion: "1.0"\n',
  'models/orders.sql': 'select 1 as id',
}

let project: TestProject
afterEach(() => project.remove())

/** Adds files to a good project and runs a command that must not get far. */
const refused = async (
  files: Readonly<Record<string, string>>,
  args: readonly string[] = ['parse'],
  env: Readonly<Record<string, string>> = {},
): Promise<string> => {
  project = projectOf({ ...base, ...files })
  const { exitCode, stdout, stderr } = await project.navo(args, { env })
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: '' })
  expect(stdout).toContain('Encountered an error:\n')
  expect(stdout).not.toMatch(/\n {4}at /)
  return stdout.slice(stdout.indexOf('Encountered an error:\n') + 'Encountered an error:\n'.length)
}

describe('each gives a clear error with its place, and no stack', () => {
  test('broken YAML', async () => {
    const text = await refused({ 'models/bad.yml': 'models:\n  - name: [a\n' })
    expect(text).toMatch(/^Parsing Error\n/)
    expect(text).toContain('models/bad.yml:')
  })
  test('a project file that is no YAML', async () => {
    expect(await refused({ 'dbt_project.yml': 'name: [x' })).toContain('dbt_project.yml:1:')
  })
  test('no project file', async () => {
    project = projectOf({ 'models/a.sql': 'select 1' })
    const { exitCode, stdout } = await project.navo(['run'])
    expect(exitCode).toBe(2)
    expect(stdout).toContain('No dbt_project.yml found at expected path')
  })
  test('an unknown ref, the nearest suggested', async () => {
    const text = await refused({ 'models/next.sql': "select *\nfrom {{ ref('order') }}" })
    expect(text).toMatch(/^Compilation Error in model next \(models\/next\.sql\)\n/)
    expect(text).toContain("depends on a node named 'order' which was not found")
    expect(text).toContain('models/next.sql:2:')
    expect(text).toContain("did you mean 'orders'?")
  })
  test('a cycle, with its path', async () => {
    const text = await refused({
      'models/a.sql': "select * from {{ ref('b') }}",
      'models/b.sql': "select * from {{ ref('a') }}",
    })
    expect(text).toContain('Found a cycle: model.shop.a --> model.shop.b --> model.shop.a')
  })
  test('two models of one name', async () => {
    const text = await refused({ 'models/more/orders.sql': 'select 2 as id' })
    expect(text).toContain('models/orders.sql')
    expect(text).toContain('models/more/orders.sql')
  })
  test('a template that does not parse', async () => {
    const text = await refused({ 'models/a.sql': 'select\n  {{ 1 + }}' })
    expect(text).toMatch(/^Compilation Error in model a \(models\/a\.sql\)\n/)
    expect(text).toContain('models/a.sql:2:')
  })
  test('several problems at once', async () => {
    const text = await refused({
      'models/a.sql': "select * from {{ ref('nope') }}",
      'models/b.sql': "select * from {{ ref('neither') }}",
    })
    expect(text).toContain("'nope'")
    expect(text).toContain("'neither'")
  })
  test('a profile, a target or a folder of profiles that is not there', async () => {
    const profiles =
      'shop:\n  outputs:\n    dev: {type: duckdb, path: x.duckdb, schema: main}\n  target: dev\n'
    const files = {
      'dbt_project.yml': `${base['dbt_project.yml']}profile: shop\n`,
      'profiles.yml': profiles,
    }
    expect(await refused(files, ['run', '--profile', 'shp'])).toContain(
      "Could not find profile named 'shp'",
    )
    project.remove()
    expect(await refused(files, ['run', '-t', 'prod'])).toContain(
      "The profile 'shop' does not have a target named 'prod'. The valid target names for this profile are:\n   - dev",
    )
    project.remove()
    // Never a local file instead of the warehouse that was meant.
    await refused({}, ['run'], { DBT_PROFILES_DIR: '.' })
    expect(project.exists('navo.duckdb')).toBe(false)
  })
  test('an unknown method of a selector', async () => {
    expect(await refused({}, ['ls', '--select', 'nope:x'])).toContain(
      "'nope' is not a valid method name",
    )
  })
  test('a query that is wrong', async () => {
    expect(await refused({}, ['show', '--limit', '1', '--inline', 'select 1 limit 1'])).toContain(
      'syntax error at or near "limit"',
    )
  })
})

describe('failures of nodes leave the earlier table', () => {
  test.each([
    ['SQL', 'selct 2 as id'],
    ['a macro that is not there', 'select {{ nope() }} as id'],
    ['a value', "select cast('x' as integer) as id"],
  ])('%s', async (_, sql) => {
    project = projectOf({
      ...base,
      'models/orders.sql': "{{ config(materialized='table') }} select 1 as id",
    })
    expect((await project.navo(['run'])).exitCode).toBe(0)
    project.write({ 'models/orders.sql': `{{ config(materialized='table') }} ${sql}` })
    const { exitCode, stdout } = await project.navo(['run'])
    expect(exitCode).toBe(1)
    expect(stdout).toContain('in model orders (models/orders.sql)')
    expect(stdout).not.toMatch(/\n {4}at /)
    const rows = await project.navo([
      'show',
      '-q',
      '--output',
      'json',
      '--inline',
      'select * from {{ target.schema }}.orders',
    ])
    expect(JSON.parse(rows.stdout)).toEqual({ show: [{ id: 1 }] })
  })
})

describe('the database file', () => {
  test('is held by somebody else', async () => {
    project = projectOf({
      ...base,
      'models/slow.sql':
        "{{ config(materialized='table') }} select count(*) as n from range(3000000000) a",
    })
    let second = { exitCode: -1, stdout: '', stderr: '' }
    await project.navo(['run', '-s', 'slow'], {
      during: async ({ kill, seen }) => {
        await seen('START sql table model main.slow')
        second = await project.navo(['run', '-s', 'orders'])
        kill('SIGINT')
      },
    })
    expect(second.exitCode).not.toBe(0)
    expect(second.stdout).toMatch(/lock/i)
  })
})

test('Ctrl-C cancels what runs, writes results, and ends with 1', async () => {
  project = projectOf({
    ...base,
    'models/slow.sql':
      "{{ config(materialized='table') }} select count(*) as n from range(3000000000) a",
    'models/after.sql': "select * from {{ ref('slow') }}",
  })
  const began = Date.now()
  const { exitCode, stdout } = await project.navo(['run'], {
    during: async ({ kill, seen }) => {
      await seen('START sql table model main.slow')
      kill('SIGINT')
    },
  })
  expect(Date.now() - began).toBeLessThan(20_000)
  expect(exitCode).toBe(1)
  expect(stdout).toContain('Exited because of keyboard interrupt')
  const { results } = project.json('target/run_results.json')
  expect(results.length).toBeGreaterThan(0)
  // The file is free again, and the next run works.
  expect((await project.navo(['run', '-s', 'orders'])).exitCode).toBe(0)
})
