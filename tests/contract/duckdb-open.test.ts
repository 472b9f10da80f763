import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rowsOf } from './driver.ts'
import { openDuckDb, openWorkbench, temporaryPath } from './duckdb-subject.ts'
import { buildForever } from './killed-run.ts'

const here = dirname(fileURLToPath(import.meta.url))
/** Below node_modules, so that it finds the driver and git does not find it. */
const bundled = join(here, '../../node_modules/.cache/navo-contract/killed-run.mjs')

const children = new Set<ChildProcess>()

/** Starts the process that builds tables in a database until it is killed; resolves once it builds. */
const startBuilding = async (path: string): Promise<ChildProcess> => {
  const child = spawn(process.execPath, [bundled, path], { stdio: ['ignore', 'pipe', 'inherit'] })
  children.add(child)
  await new Promise(resolve => child.stdout?.once('data', resolve))
  return child
}

const kill = async (child: ChildProcess): Promise<void> => {
  const gone = new Promise(resolve => child.once('exit', resolve))
  child.kill('SIGKILL')
  await gone
}

describe('duckdb: opening and closing', () => {
  beforeAll(() => {
    buildSync({
      stdin: {
        contents: `import { ${buildForever.name} as run } from './killed-run.ts'
await run(process.argv[2])`,
        resolveDir: here,
      },
      outfile: bundled,
      bundle: true,
      platform: 'node',
      format: 'esm',
      external: ['@duckdb/node-api'],
      logLevel: 'error',
    })
  })
  afterAll(() => {
    for (const child of children) child.kill('SIGKILL')
  })

  it('frees the file when closed, all in it and no log beside it', async () => {
    const bench = await openWorkbench()
    await bench.run({ materialized: 'table', relation: bench.at('t'), sql: 'select 1 as a' })
    await bench.session.begin()
    await bench.session.query('create table bench.s.uncommitted as select 1 as a')
    await bench.warehouse.close()
    expect(existsSync(`${bench.path}.wal`)).toBe(false)
    expect(statSync(bench.path).size).toBeGreaterThan(0)
    const again = await openWorkbench({ path: bench.path })
    expect(await again.relations()).toEqual(['table t'])
    await again.warehouse.close()
  })

  it('says who holds a locked file', async () => {
    const path = temporaryPath('bench.duckdb')
    const child = await startBuilding(path)
    await expect(openDuckDb({ path })).rejects.toMatchObject({
      code: 'database-locked',
      hint: expect.stringContaining(`process ${child.pid}`),
      message: expect.stringContaining(`PID ${child.pid}`),
    })
    await kill(child)
  })

  it('shows whole tables after a kill at any moment, and builds on', async () => {
    const path = temporaryPath('bench.duckdb')
    for (const delay of [0, 40, 75, 110, 145]) {
      const child = await startBuilding(path)
      await new Promise(resolve => setTimeout(resolve, delay))
      await kill(child)
      const bench = await openWorkbench({ path })
      for (const name of await bench.relations()) {
        expect(name).toMatch(/^table t[012]$/)
        const table = name.replace('table ', 'bench.s.')
        const rows = await rowsOf(
          bench.session,
          `select count(distinct run), count(*) from ${table}`,
        )
        expect(rows).toEqual([[1, 200000]])
      }
      await bench.run({ materialized: 'table', relation: bench.at('t0'), sql: 'select 1 as run' })
      await bench.run({ materialized: 'view', relation: bench.at('t1'), sql: 'select 1 as run' })
      await bench.run({
        materialized: 'table',
        relation: bench.at('t1'),
        sql: 'select 1 as run, 1 as n',
      })
      await bench.session.query('drop table bench.s.t0; drop table bench.s.t1')
      await bench.warehouse.close()
    }
  })

  it('explains files and folders it cannot use', async () => {
    const text = temporaryPath('text.duckdb')
    writeFileSync(text, 'not a database')
    await expect(openDuckDb({ path: text })).rejects.toMatchObject({
      message: expect.stringContaining('not a valid DuckDB database file'),
      hint: expect.stringContaining('another file'),
    })
    const missing = join(temporaryPath('nowhere'), 'x.duckdb')
    await expect(openDuckDb({ path: missing })).rejects.toMatchObject({
      code: 'database-open',
      hint: expect.stringContaining('must exist and be writable'),
    })
    const folder = temporaryPath('folder.duckdb')
    mkdirSync(folder)
    await expect(openDuckDb({ path: folder })).rejects.toMatchObject({ code: 'database-open' })
    await expect(
      openDuckDb({ path: ':memory:', config_options: { nonsense: '1' } }),
    ).rejects.toThrow('nonsense')
    await expect(openDuckDb({ path: ':memory:', settings: { nonsense: '1' } })).rejects.toThrow(
      'nonsense',
    )
  })

  it('takes settings, attached databases, extensions that are there and secrets', async () => {
    const other = temporaryPath('other.duckdb')
    await (await openDuckDb({ path: other })).close()
    const warehouse = await openDuckDb({
      path: ':memory:',
      settings: { threads: 1, TimeZone: 'America/Lima' },
      config_options: { default_null_order: 'nulls_last' },
      attach: [{ path: other, alias: 'other' }],
      extensions: ['json'],
    })
    const session = await warehouse.session('Thread-1')
    expect(
      await rowsOf(
        session,
        "select current_setting('threads'), current_setting('TimeZone'), current_setting('default_null_order')",
      ),
    ).toEqual([[1, 'America/Lima', 'NULLS_LAST']])
    await warehouse.createSchemas([{ database: 'other', schema: 's' }])
    await session.query('create table other.s.t as select 1 as a')
    expect(await warehouse.relations([{ database: 'other', schema: 's' }])).toMatchObject([
      { database: 'other', identifier: 't', type: 'table', keys: [] },
    ])
    await warehouse.close()
    const again = await openDuckDb({ path: other })
    expect(await again.relations([{ database: 'other', schema: 's' }])).toHaveLength(1)
    await again.close()
  })

  it('places an error within the statement, whatever the query comment', async () => {
    const { duckdb } = await import('../../src/adapters/duckdb/index.ts')
    const seen: string[] = []
    const warehouse = await duckdb.connect(duckdb.parseTarget({ path: ':memory:' }, '').settings, {
      signal: new AbortController().signal,
      decorate: sql => `/* two\nlines */\n${sql}`,
      onSql: (sql, session) => seen.push(`${session}: ${sql}`),
    })
    const session = await warehouse.session('Thread-1')
    await expect(session.query('select 1,\n  nope as x')).rejects.toMatchObject({
      statement: 'select 1,\n  nope as x',
      place: { line: 2, column: 3 },
      message: expect.stringContaining('Binder Error'),
    })
    const long = `select ${'1 as a_long_name, '.repeat(20)}nope${', 2 as b'.repeat(30)}`
    await expect(session.query(long)).rejects.toMatchObject({
      place: { line: 1, column: long.indexOf('nope') + 1 },
    })
    expect(seen[0]).toBe('Thread-1: /* two\nlines */\nselect 1,\n  nope as x')
    await warehouse.close()
  })
})
