import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { projectOf, type TestProject } from './navo.ts'

let project: TestProject
beforeAll(() => {
  project = projectOf({
    'dbt_project.yml': 'name: shop\nversion: "1.0"\nflags:\n  printer_width: 60\n',
    'models/good.sql':
      "select 1 as id {{ log('hello log', info=true) }} {{ print('hello print') }}",
    'models/bad.sql': 'select nope from {{ ref("good") }}',
    'models/after.sql': 'select * from {{ ref("bad") }}',
    'models/schema.yml':
      'models:\n  - name: good\n    columns:\n      - name: id\n        data_tests:\n          - accepted_values: {arguments: {values: [2]}}\n',
    'macros/hello.sql': "{% macro hello(name) %}{{ log('hi ' ~ name, info=true) }}{% endmacro %}",
  })
})
afterAll(() => project.remove())

// biome-ignore lint/suspicious/noExplicitAny: tests look into log lines without their types
const jsonLines = (text: string): any[] =>
  text
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))

describe('a build in which things fail', () => {
  test('tells each node, then why', async () => {
    const { exitCode, stdout, stderr } = await project.navo(['build', '--threads', '1'])
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' })
    expect(stdout).toContain('\nhello print\n')
    expect(stdout).toMatch(/^\d\d:\d\d:\d\d {2}hello log$/m)
    expect(stdout).toContain('[ERROR]: in test accepted_values_good_id__2 (models/schema.yml)')
    expect(stdout).toContain('  Got 1 result, configured to fail if != 0\n')
    expect(stdout).toContain(
      '  compiled code at target/compiled/shop/models/schema.yml/accepted_values_good_id__2.sql',
    )
    expect(stdout).toContain('  | value_field | n_records |\n')
    expect(stdout).toMatch(/SKIP relation main\.bad \.+ \[SKIP\]/)
    expect(stdout).toContain('Done. PASS=1 WARN=0 ERROR=1 SKIP=2 NO-OP=0 REUSED=0 TOTAL=4')
  })
  test('shows where the SQL is wrong', async () => {
    const { exitCode, stdout } = await project.navo(['run', '--select', 'bad+'])
    expect(exitCode).toBe(1)
    expect(stdout).toContain('[ERROR]: in model bad (models/bad.sql)')
    expect(stdout).toContain('Referenced column "nope" not found')
    expect(stdout).toContain('target/compiled/shop/models/bad.sql:1:8\n')
    expect(
      project.json('target/run_results.json').results.map((r: { status: string }) => r.status),
    ).toEqual(['error', 'skipped'])
  })
  test('--quiet keeps errors and print()', async () => {
    const { stdout } = await project.navo(['build', '--quiet'])
    expect(stdout).toContain('hello print\n')
    expect(stdout).toContain('[ERROR]: in test accepted_values_good_id__2')
    expect(stdout).not.toContain('hello log')
    expect(stdout).not.toContain('Running with')
  })
  test('flags of the project file hold', async () => {
    const { stdout } = await project.navo(['run', '-s', 'good'])
    expect(stdout).toMatch(/1 of 1 OK created sql view model main\.good \.+ \[OK in/)
    const line = stdout.split('\n').find(text => text.includes('OK created')) ?? ''
    expect(line.slice(10, line.indexOf(' [OK'))).toHaveLength(60)
  })
})

describe('--log-format json', () => {
  test('is one object a line, in the shape of dbt', async () => {
    const { exitCode, stdout } = await project.navo(['build', '--log-format', 'json', '--debug'])
    expect(exitCode).toBe(1)
    const events = jsonLines(stdout)
    const named = (name: string) => events.filter(event => event.info.name === name)
    expect(named('LogModelResult')).toMatchObject([
      {
        data: {
          status: 'OK',
          node_info: {
            unique_id: 'model.shop.good',
            node_name: 'good',
            node_path: 'good.sql',
            node_status: 'success',
            materialized: 'view',
            resource_type: 'model',
          },
        },
      },
    ])
    expect(named('LogTestResult')).toMatchObject([{ data: { status: 'fail', num_failures: 1 } }])
    const sql = named('SQLQuery').map(event => event.data.sql)
    expect(sql.some(text => /create view/i.test(text))).toBe(true)
    expect(sql.some(text => text.startsWith('/* {"app": "navo"'))).toBe(true)
    const ids = new Set(events.map(event => event.info.invocation_id))
    expect(ids.size).toBe(1)
    expect(project.json('target/run_results.json').metadata.invocation_id).toBe([...ids][0])
  })
  test('tells what stopped a command', async () => {
    const { exitCode, stdout } = await project.navo(['run', '-t', 'nope', '--log-format', 'json'])
    expect(exitCode).toBe(2)
    const failed = jsonLines(stdout).find(event => event.info.name === 'MainEncounteredError')
    expect(failed.info.level).toBe('error')
    expect(failed.data.exc).toMatch(/^Runtime Error\n {2}/)
  })
})

describe('run-operation', () => {
  test('runs a macro', async () => {
    const { exitCode, stdout } = await project.navo([
      'run-operation',
      'hello',
      '--args',
      '{name: bob}',
    ])
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^\d\d:\d\d:\d\d {2}hi bob$/m)
    expect(project.json('target/run_results.json').results).toMatchObject([
      { unique_id: 'macro.shop.hello', status: 'success' },
    ])
  })
  test('fails with its macro', async () => {
    const { exitCode, stdout } = await project.navo([
      'run-operation',
      'hello',
      '--args',
      '{nope: 1}',
    ])
    expect(exitCode).toBe(1)
    expect(stdout).toContain('Encountered an error while running operation: Compilation Error')
  })
  test('cannot run what is not there', async () => {
    const { exitCode, stdout } = await project.navo(['run-operation', 'hallo'])
    expect(exitCode).toBe(2)
    expect(stdout).toContain("dbt could not find a macro with the name 'hallo' in any package.")
  })
})

test('custom variables go into the artifacts, secrets nowhere', async () => {
  project.write({
    'models/secret.sql':
      "select '{{ env_var('SHOWN') }}' as x {{ log(env_var('SHOWN'), info=true) }}",
  })
  const { stdout } = await project.navo(['run', '-s', 'secret', '--debug'], {
    env: {
      DBT_ENV_CUSTOM_ENV_TEAM: 'data',
      DBT_ENV_SECRET_KEY: 'tell-nobody',
      SHOWN: 'tell-nobody',
    },
  })
  expect(project.json('target/manifest.json').metadata.env).toEqual({ TEAM: 'data' })
  expect(stdout).not.toContain('tell-nobody')
  expect(project.read('logs/navo.log')).not.toContain('tell-nobody')
})
