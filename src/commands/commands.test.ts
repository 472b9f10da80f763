import { describe, expect, test } from 'vitest'
import { CompilationError, RuntimeError } from '../core/errors.ts'
import type { QueryResult } from '../core/query-result.ts'
import type { NodeStatus } from '../core/result.ts'
import { clean } from './clean.ts'
import { compile } from './compile.ts'
import { debug } from './debug.ts'
import { init } from './init.ts'
import { list } from './list.ts'
import { resourceTypes } from './resource-types.ts'
import { build, run } from './run.ts'
import { runOperation } from './run-operation.ts'
import { nodeFixture, resultFixture, servicesFixture } from './services.fixture.ts'
import type { Criteria } from './services.ts'
import { show } from './show.ts'

describe('run', () => {
  const a = nodeFixture('model.shop.a')
  test.each<[NodeStatus, boolean]>([
    ['success', true],
    ['pass', true],
    ['warn', true],
    ['no-op', true],
    ['error', false],
    ['fail', false],
    ['skipped', false],
    ['partial success', false],
  ])('%s → %s', async (status, ok) => {
    const results = [resultFixture('model.shop.a', { status })]
    const { services } = servicesFixture({ nodes: [a], outcome: { results } })
    expect(await build(services)).toBe(ok)
  })
  test('a skipped exposure fails nothing, a cancelled run does', async () => {
    const results = [resultFixture('exposure.shop.dash', { status: 'skipped' })]
    expect(await build(servicesFixture({ nodes: [a], outcome: { results } }).services)).toBe(true)
    const cancelled = servicesFixture({ nodes: [a], outcome: { results: [], cancelled: true } })
    expect(await run(cancelled.services)).toBe(false)
  })
  test('nothing selected is said, and fine', async () => {
    const { services, events } = servicesFixture({
      services: { run: () => Promise.reject(new Error('nothing to run')) },
    })
    expect(await run(services)).toBe(true)
    expect(events.map(event => event.kind)).toEqual([
      'adapter',
      'parsed',
      'nothingSelected',
      'runFinished',
    ])
  })
})

describe('list', () => {
  const nodes = [
    nodeFixture('test.shop.t'),
    nodeFixture('model.shop.b', { version: 2, fqn: ['shop', 'b', 'v2'] }),
    nodeFixture('model.shop.a'),
  ]
  const answers = async (flags: object): Promise<readonly string[]> => {
    const { services, said } = servicesFixture({ nodes, flags: { which: 'list', ...flags } })
    await list(services)
    return said()
  }
  test('sorted by id, as selectors, names or paths', async () => {
    expect(await answers({})).toEqual(['shop.a', 'shop.b.v2', 'shop.t'])
    expect(await answers({ output: 'name' })).toEqual(['a', 'b.v2', 't'])
    expect(await answers({ output: 'path' })).toEqual([
      'models/a.sql',
      'models/b.sql',
      'models/t.sql',
    ])
  })
  test('as JSON, with the keys asked for', async () => {
    const output_keys = ['name', 'config.materialized', 'nope', 'config.nope']
    const [first] = await answers({ output: 'json', output_keys })
    expect(JSON.parse(first ?? '')).toEqual({ name: 'a', 'config.materialized': 'table' })
    const [whole] = await answers({ output: 'json' })
    expect(Object.keys(JSON.parse(whole ?? '')).sort()).toEqual([
      'alias',
      'config',
      'depends_on',
      'direct_parents',
      'name',
      'original_file_path',
      'package_name',
      'resource_type',
      'tags',
      'unique_id',
    ])
  })
  test('--models means models only, and not --select', async () => {
    const asked: Criteria[] = []
    const { services } = servicesFixture({
      flags: { which: 'list', models: ['a'] },
      services: {
        select: (_, criteria) => {
          asked.push(criteria)
          return Promise.resolve([])
        },
      },
    })
    await list(services)
    expect(asked).toMatchObject([{ select: ['a'], resourceTypes: ['model'] }])
    await expect(answers({ models: ['a'], select: ['b'] })).rejects.toThrow(
      '"models" and "select" are mutually exclusive arguments',
    )
  })
})

test.each([
  ['run', [], [], ['model']],
  ['test', [], ['unit_test'], ['test']],
  ['test', ['model', 'unit_test'], [], ['unit_test']],
  [
    'list',
    ['all'],
    [],
    ['model', 'snapshot', 'seed', 'test', 'source', 'exposure', 'unit_test', 'analysis'],
  ],
  ['build', ['model', 'seed'], ['seed'], ['model']],
])('types of %s with %j without %j', (which, resource_types, exclude_resource_types, expected) => {
  expect(resourceTypes({ which, resource_types, exclude_resource_types })).toEqual(expected)
})

const rows: QueryResult = {
  columns: [
    { name: 'id', type: 'INTEGER' },
    { name: 'name', type: 'VARCHAR' },
    { name: 'price', type: 'DECIMAL(10,2)' },
  ],
  rows: [
    [1, 'x', { decimal: '12.50' }],
    [20, null, { decimal: '1.00' }],
  ],
  response: { _message: 'OK' },
}

describe('show', () => {
  const outcome = { results: [], previews: new Map([['model.shop.a', rows]]) }
  const nodes = [nodeFixture('model.shop.a')]
  const shown = async (flags: object): Promise<string> => {
    const { services, said } = servicesFixture({
      nodes,
      outcome,
      flags: { which: 'show', ...flags },
    })
    await show(services)
    return said().join('\n')
  }
  test('as a table', async () => {
    expect(await shown({ select: ['a'] })).toBe(
      [
        "Previewing node 'a':",
        '| id | name | price |',
        '| -- | ---- | ----- |',
        '|  1 | x    | 12.50 |',
        '| 20 |      |  1.00 |',
        '',
      ].join('\n'),
    )
  })
  test('as JSON, digits kept', async () => {
    const text = await shown({ select: ['a'], output: 'json' })
    expect(text.startsWith('{\n  "node": "a",\n  "show": [\n    {\n      "id": 1,')).toBe(true)
    expect(text).toContain('"price": 12.50')
    expect(JSON.parse(text)).toEqual({
      node: 'a',
      show: [
        { id: 1, name: 'x', price: 12.5 },
        { id: 20, name: null, price: 1 },
      ],
    })
  })
  test('wants something to show', async () => {
    await expect(shown({})).rejects.toThrow('Either --select or --inline must be passed to show')
  })
  test('stops with the error of the node', async () => {
    const error = new CompilationError('broken')
    const results = [resultFixture('model.shop.a', { status: 'error', error })]
    const { services } = servicesFixture({ nodes, outcome: { results }, flags: { select: ['a'] } })
    await expect(show(services)).rejects.toBe(error)
  })
})

describe('compile', () => {
  const nodes = [nodeFixture('model.shop.a', { compiled_code: 'select 1' })]
  const outcome = { results: [resultFixture('model.shop.a')] }
  const printed = async (flags: object): Promise<readonly string[]> => {
    const { services, said } = servicesFixture({
      nodes,
      outcome,
      flags: { which: 'compile', ...flags },
    })
    await compile(services)
    return said()
  }
  test('prints nodes that were named', async () => {
    expect(await printed({ select: ['a'] })).toEqual(["Compiled node 'a' is:\nselect 1"])
    expect(await printed({})).toEqual([])
    expect(await printed({ select: ['a'], output: 'json' })).toEqual([
      '{\n  "node": "a",\n  "compiled": "select 1"\n}',
    ])
  })
})

describe('run-operation', () => {
  test('a failure is one of the operation, and of the exit code', async () => {
    const { services, said } = servicesFixture({
      flags: { which: 'run-operation', macro: 'shop.hello' },
      services: { operation: () => Promise.reject(new CompilationError('no such argument')) },
    })
    await expect(runOperation(services)).rejects.toThrow("macro with the name 'shop.hello'")
    expect(said()).toEqual([
      'Encountered an error while running operation: Compilation Error\n  no such argument',
    ])
  })
  test('wants a macro or SQL, not both', async () => {
    const operation = (flags: object) => runOperation(servicesFixture({ flags }).services)
    await expect(operation({})).rejects.toThrow('Either a macro name or --sql')
    await expect(operation({ macro: 'a', sql: 'b' })).rejects.toThrow('Cannot specify both')
    expect(await operation({ sql: 'select 1' })).toBe(true)
  })
})

describe('clean', () => {
  const project = (cleanTargets: readonly string[]) => () =>
    servicesFixture()
      .services.project()
      .then(info => ({ ...info, cleanTargets }))
  test('removes targets and nothing else', async () => {
    const { services, texts } = servicesFixture({
      texts: { '/shop/target/a': '1', '/shop/models/a.sql': '2' },
    })
    expect(await clean(services)).toBe(true)
    expect([...texts.keys()]).toEqual(['/shop/models/a.sql'])
  })
  test.each([
    ['/shop/models', 'dbt will not clean the following source paths'],
    ['/elsewhere', 'dbt will not clean the following directories outside the project'],
    ['/shop', 'dbt will not clean the following directories outside the project'],
    ['/shopping', 'dbt will not clean the following directories outside the project'],
  ])('refuses %s', async (path, message) => {
    const texts = { [`${path}/a`]: '1' }
    const fixture = servicesFixture({ texts, services: { project: project([path]) } })
    await expect(clean(fixture.services)).rejects.toThrow(message)
    expect(fixture.texts.size).toBe(1)
  })
})

describe('init', () => {
  test('writes a project that needs no profile', async () => {
    const { services, texts } = servicesFixture({ flags: { project_name: 'shop' } })
    await init(services)
    expect(texts.get('/home/ann/shop/dbt_project.yml')).not.toMatch(/^profile:/m)
    expect([...texts.keys()].filter(path => path.endsWith('.sql'))).toHaveLength(3)
  })
  test('overwrites nothing', async () => {
    const { services } = servicesFixture({
      flags: { project_name: 'shop' },
      texts: { '/home/ann/shop/mine': '1' },
    })
    await expect(init(services)).rejects.toThrow(RuntimeError)
  })
  test('wants a name that SQL can have', async () => {
    const { services } = servicesFixture({ flags: { project_name: 'my-shop' } })
    await expect(init(services)).rejects.toThrow('my-shop is not a valid project name.')
  })
})

describe('debug', () => {
  const connect = (problem: string | undefined) => ({
    adapter: { name: 'duckdb', version: '1.5.6' },
    shown: [['path', 'shop.duckdb']] as const,
    test: () => Promise.resolve(problem),
  })
  const lines = async (flags: object, report: object): Promise<[boolean, string]> => {
    const well = { status: 'OK found and valid' }
    const { services, said } = servicesFixture({
      flags,
      services: {
        diagnose: () =>
          Promise.resolve({ facts: ['fact'], profile: well, project: well, ...report }),
      },
    })
    return [await debug(services), said().join('\n')]
  }
  test('all is well', async () => {
    const [ok, text] = await lines({}, { connect: connect(undefined) })
    expect(ok).toBe(true)
    expect(text).toContain('profiles.yml file [OK found and valid]')
    expect(text).toContain('  Connection test: [OK connection ok]')
    expect(text).toContain('All checks passed!')
    expect(text).not.toContain('ERROR')
  })
  test('--connection skips the rest', async () => {
    const [, text] = await lines({ connection: true }, { connect: connect(undefined) })
    expect(text).toContain('Skipping steps before connection verification')
    expect(text).not.toContain('Configuration:')
  })
  test('a missing profile and a locked database fail', async () => {
    const profile = { status: 'ERROR invalid', problem: "Could not find profile named 'x'" }
    expect(await lines({}, { profile })).toEqual([
      false,
      expect.stringContaining("1 check failed:\nCould not find profile named 'x'\n"),
    ])
    const [ok, text] = await lines({}, { connect: connect('IO Error: locked') })
    expect(ok).toBe(false)
    expect(text).toContain('  >IO Error: locked')
  })
})
