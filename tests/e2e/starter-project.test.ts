import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { projectOf, type TestProject } from './navo.ts'

// `navo init` makes it; everything below works on it, in order.
let folder: TestProject
beforeAll(() => {
  folder = projectOf({})
})
afterAll(() => folder.remove())

const navo = (...args: string[]) =>
  folder.navo([...args, '--project-dir', join(folder.directory, 'shop')])

describe('the project of navo init', () => {
  test('is made without questions', async () => {
    const { exitCode, stdout, stderr } = await folder.navo(['init', 'shop'])
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(stdout).toContain('navo build')
    expect(folder.exists('shop/dbt_project.yml')).toBe(true)
    expect(folder.exists('shop/profiles.yml')).toBe(false)
  })

  test('builds without a profile, and says where', async () => {
    const { exitCode, stdout, stderr } = await navo('build')
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(stdout).toContain('Running with navo=')
    expect(stdout).toMatch(/No profile needed: building into .*shop\/navo\.duckdb/)
    expect(stdout).toMatch(/^\d\d:\d\d:\d\d {2}Found 3 models, 7 data tests, 2 seeds, /m)
    expect(stdout).toMatch(
      /^\d\d:\d\d:\d\d {2}\d+ of 13 OK created sql table model main\.orders_by_customer \.+ \[OK in \d+\.\d\ds\]$/m,
    )
    expect(stdout).toMatch(/Done\. PASS=13 WARN=0 ERROR=0 SKIP=0 NO-OP=0 REUSED=0 TOTAL=13\n$/)
    expect(folder.exists('shop/navo.duckdb')).toBe(true)
  })

  test('leaves the artifacts', () => {
    const results = folder.json('shop/target/run_results.json')
    const manifest = folder.json('shop/target/manifest.json')
    expect(results.metadata.dbt_schema_version).toContain('run-results/v6')
    expect(results.metadata.invocation_id).toBe(manifest.metadata.invocation_id)
    expect(results.args).toMatchObject({ which: 'build', select: [] })
    for (const { unique_id } of results.results)
      expect(manifest.nodes[unique_id] ?? manifest.unit_tests[unique_id]).toBeDefined()
    const model = results.results.find(
      (result: { unique_id: string }) => result.unique_id === 'model.shop.orders_by_customer',
    )
    expect(model).toMatchObject({ status: 'success', compiled: true, thread_id: /./ })
    expect(model.compiled_code).toContain('left join')
    expect(folder.exists('shop/target/compiled/shop/models/marts/orders_by_customer.sql')).toBe(
      true,
    )
    expect(folder.exists('shop/target/run/shop/models/marts/orders_by_customer.sql')).toBe(true)
    expect(folder.read('shop/logs/navo.log')).toContain('[info ] [MainThread]: Running with navo=')
  })

  test('shows rows as a table and as JSON', async () => {
    const text = await navo('show', '--select', 'orders_by_customer', '--quiet')
    expect(text.stdout.split('\n').slice(0, 2)).toEqual([
      '| customer_id | customer_name | orders | amount |',
      '| ----------- | ------------- | ------ | ------ |',
    ])
    const json = await navo(
      'show',
      '--quiet',
      '--output',
      'json',
      '--inline',
      "select sum(amount) as amount from {{ ref('stg_orders') }}",
    )
    expect(JSON.parse(json.stdout)).toEqual({ show: [{ amount: 79.75 }] })
    expect(folder.json('shop/target/run_results.json').results).toMatchObject([
      { unique_id: 'sql_operation.shop.inline_query', status: 'success' },
    ])
  })

  test('compiles a query', async () => {
    const { stdout } = await navo(
      'compile',
      '-q',
      '--inline',
      "select * from {{ ref('stg_orders') }}",
    )
    expect(stdout.trim()).toBe('select * from "navo"."main"."stg_orders"')
  })

  test('lists what is selected, one line a node', async () => {
    const { exitCode, stdout } = await navo(
      'ls',
      '--select',
      '+orders_by_customer',
      '--quiet',
      '--resource-type',
      'model',
      'seed',
    )
    expect({ exitCode, lines: stdout.trim().split('\n') }).toEqual({
      exitCode: 0,
      lines: [
        'shop.marts.orders_by_customer',
        'shop.staging.stg_customers',
        'shop.staging.stg_orders',
        'shop.raw_customers',
        'shop.raw_orders',
      ],
    })
    const nothing = await navo('ls', '--select', 'nope', '--quiet')
    expect(nothing).toEqual({ exitCode: 0, stdout: '', stderr: '' })
  })

  test('is documented', async () => {
    const { exitCode, stdout } = await navo('docs', 'generate', '--static')
    expect(exitCode).toBe(0)
    expect(stdout).toContain('Catalog written to ')
    const catalog = folder.json('shop/target/catalog.json')
    expect(Object.keys(catalog)).toEqual(['metadata', 'nodes', 'sources', 'errors'])
    expect(catalog.nodes['model.shop.stg_orders'].columns.amount).toEqual({
      type: 'DECIMAL(10,2)',
      index: 4,
      name: 'amount',
      comment: null,
    })
    expect(folder.read('shop/target/index.html')).toContain('<html')
    expect(folder.read('shop/target/static_index.html')).toContain('model.shop.stg_orders')
  })

  test('is well', async () => {
    const { exitCode, stdout } = await navo('debug')
    expect(exitCode).toBe(0)
    expect(stdout).toContain('All checks passed!')
    expect(stdout).not.toContain('ERROR')
  })

  test('is cleaned, but for the database', async () => {
    expect((await navo('clean')).exitCode).toBe(0)
    expect(folder.exists('shop/target')).toBe(false)
    expect(folder.exists('shop/navo.duckdb')).toBe(true)
  })
})
