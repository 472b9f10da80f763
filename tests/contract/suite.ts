import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Dialect, Session, Warehouse } from '../../src/adapters/adapter.ts'
import type { Relation, RelationState } from '../../src/core/relation.ts'
import type { SeedTable } from '../../src/core/seed.ts'
import { type Build, type Built, build, column, rowsOf } from './driver.ts'

/** An adapter under test: an empty database, opened anew for each case. */
export interface Subject {
  readonly dialect: Dialect
  readonly database: string
  open(signal: AbortSignal): Promise<Warehouse>
}

export const seedFile = (text: string): SeedTable => {
  const path = join(mkdtempSync(join(tmpdir(), 'navo-seed-')), 'seed.csv')
  writeFileSync(path, text)
  return { path, delimiter: ',', columnTypes: {}, quoteColumns: null, empty: false }
}

/** What every adapter has to do, whatever the engine. */
export const adapterContract = (name: string, makeSubject: () => Subject): void => {
  describe(`${name}: the adapter contract`, () => {
    let subject: Subject
    let warehouse: Warehouse
    let session: Session
    const at = (identifier: string): Relation => ({
      database: subject.database,
      schema: 's',
      identifier,
    })
    const lookup = async (relation: Relation): Promise<RelationState | undefined> =>
      (await warehouse.relations([{ database: subject.database, schema: 's' }])).find(
        state => state.identifier === relation.identifier,
      )
    const run = (node: Build): Promise<Built> => build(session, subject.dialect, lookup, node)
    const rows = (relation: Relation, order = '1'): Promise<readonly unknown[][]> =>
      rowsOf(session, `select * from ${subject.dialect.render(relation)} order by ${order}`)
    const names = async (): Promise<readonly string[]> =>
      (await warehouse.relations([{ database: subject.database, schema: 's' }])).map(
        ({ identifier, type }) => `${type} ${identifier}`,
      )

    beforeEach(async () => {
      subject = makeSubject()
      warehouse = await subject.open(new AbortController().signal)
      await warehouse.createSchemas([{ database: subject.database, schema: 's' }])
      session = await warehouse.session('Thread-1')
    })
    afterEach(() => warehouse.close())

    it('makes a schema only once', async () => {
      await warehouse.createSchemas([
        { database: subject.database, schema: 's' },
        { database: subject.database, schema: 'S' },
      ])
      expect(await names()).toEqual([])
    })

    it('builds a view twice, and a table in its place, and a view again', async () => {
      const relation = at('v')
      await run({ materialized: 'view', relation, sql: 'select 1 as a' })
      await run({ materialized: 'view', relation, sql: 'select 2 as a' })
      expect(await rows(relation)).toEqual([[2]])
      expect(await names()).toEqual(['view v'])
      await run({ materialized: 'table', relation, sql: 'select 3 as a' })
      expect(await rows(relation)).toEqual([[3]])
      expect(await names()).toEqual(['table v'])
      await run({ materialized: 'view', relation, sql: 'select 4 as a' })
      expect(await names()).toEqual(['view v'])
    })

    it('leaves the old table when the build fails', async () => {
      const relation = at('t')
      await run({ materialized: 'table', relation, sql: 'select 1 as a' })
      const failing = run({ materialized: 'table', relation, sql: 'select nope as a' })
      await expect(failing).rejects.toThrow('nope')
      expect(session.inTransaction).toBe(false)
      expect(await rows(relation)).toEqual([[1]])
      expect(await names()).toEqual(['table t'])
    })

    it('drops what a killed run left behind', async () => {
      const relation = at('t')
      await session.query(
        `create table ${subject.dialect.render(at('t__dbt_tmp'))} as select 0 as x`,
      )
      await session.query(
        `create view ${subject.dialect.render(at('t__dbt_backup'))} as select 0 as x`,
      )
      await run({ materialized: 'table', relation, sql: 'select 1 as a' })
      expect(await names()).toEqual(['table t'])
    })

    it('appends, deletes and inserts, merges', async () => {
      for (const [strategy, expected] of [
        [
          'append',
          [
            [1, 'a'],
            [1, 'b'],
            [2, 'b'],
          ],
        ],
        [
          'delete+insert',
          [
            [1, 'b'],
            [2, 'b'],
          ],
        ],
        [
          'merge',
          [
            [1, 'b'],
            [2, 'b'],
          ],
        ],
      ] as const) {
        const relation = at(`inc_${strategy.replace('+', '_')}`)
        const config = { incremental_strategy: strategy, unique_key: 'id' }
        const node = { materialized: 'incremental', relation, config }
        await run({ ...node, sql: "select 1 as id, 'a' as v" })
        await run({ ...node, sql: "select i as id, 'b' as v from (values (1), (2)) t(i)" })
        expect(await rows(relation, '1, 2')).toEqual(expected)
      }
    })

    it('makes an incremental anew under a full refresh', async () => {
      const relation = at('inc')
      const node = { materialized: 'incremental', relation, config: { unique_key: 'id' } }
      await run({ ...node, sql: 'select 1 as id' })
      await run({ ...node, sql: "select 2 as id, 'x' as extra", fullRefresh: true })
      expect(await rows(relation)).toEqual([[2, 'x']])
      expect(await names()).toEqual(['table inc'])
    })

    it('follows changes of the schema as on_schema_change says', async () => {
      const first = 'select 1 as id, 10 as a, 20 as b'
      const second = "select 2 as id, 'x' as a, 'new' as c"
      const node = (relation: Relation, mode: string): Build => ({
        materialized: 'incremental',
        relation,
        config: { incremental_strategy: 'append', on_schema_change: mode },
      })
      const append = at('append_cols')
      await run({ ...node(append, 'append_new_columns'), sql: first })
      await run({
        ...node(append, 'append_new_columns'),
        sql: "select 2 as id, 11 as a, 21 as b, 'new' as c",
      })
      expect(await rows(append)).toEqual([
        [1, 10, 20, null],
        [2, 11, 21, 'new'],
      ])
      const sync = at('sync_cols')
      await run({ ...node(sync, 'sync_all_columns'), sql: first })
      await run({ ...node(sync, 'sync_all_columns'), sql: second })
      const columns = (await session.columns(sync)).map(c => c.name).toSorted()
      expect(columns).toEqual(['a', 'c', 'id'])
      expect(
        await rowsOf(session, `select id, a, c from ${subject.dialect.render(sync)} order by 1`),
      ).toEqual([
        [1, '10', null],
        [2, 'x', 'new'],
      ])
      const fail = at('fail_cols')
      await run({ ...node(fail, 'fail'), sql: first })
      await expect(run({ ...node(fail, 'fail'), sql: second })).rejects.toThrow('out of sync')
      expect(await rows(fail)).toEqual([[1, 10, 20]])
      const ignore = at('ignore_cols')
      await run({ ...node(ignore, 'ignore'), sql: first })
      await run({ ...node(ignore, 'ignore'), sql: 'select 2 as id, 3 as a, 4 as b, 5 as c' })
      expect(await rows(ignore)).toEqual([
        [1, 10, 20],
        [2, 3, 4],
      ])
    })

    it('refuses a strategy that nobody implements', async () => {
      const node = (incremental_strategy: string): Build => ({
        materialized: 'incremental',
        relation: at('inc'),
        sql: 'select 1 as id',
        config: { incremental_strategy },
      })
      await run(node('append'))
      await expect(run(node('bad_strategy'))).rejects.toThrow(
        'dbt could not find an incremental strategy macro with the name "get_incremental_bad_strategy_sql" in contract',
      )
      await expect(run(node('insert_overwrite'))).rejects.toThrow(
        "The incremental strategy 'insert_overwrite' is not valid for this adapter",
      )
    })

    it('loads a seed, again with other rows, and anew with another header', async () => {
      const relation = at('seed')
      const node = { materialized: 'seed', relation }
      const first = await run({ ...node, seed: seedFile('id,name\n1,a\n2,\n') })
      expect(first.main).toMatchObject({ message: 'INSERT 2', code: 'INSERT', rows: 2 })
      expect(await rows(relation)).toEqual([
        [1, 'a'],
        [2, null],
      ])
      await run({ ...node, seed: seedFile('id,name\n3,c\n') })
      expect(await rows(relation)).toEqual([[3, 'c']])
      const changed = seedFile('id,name,more\n4,d,true\n')
      await expect(run({ ...node, seed: changed })).rejects.toThrow()
      expect(await rows(relation)).toEqual([[3, 'c']])
      const fresh = await run({ ...node, seed: changed, fullRefresh: true })
      expect(fresh.main).toMatchObject({ message: 'CREATE 1', code: 'CREATE' })
      expect(await rows(relation)).toEqual([[4, 'd', true]])
    })

    it('does not seed over a view', async () => {
      const relation = at('seed')
      await run({ materialized: 'view', relation, sql: 'select 1 as a' })
      const seed = seedFile('a\n1\n')
      await expect(run({ materialized: 'seed', relation, seed })).rejects.toThrow('it is a view')
    })

    it('checks a contract before it builds', async () => {
      const relation = at('contracted')
      const contract = { enforced: true, alias_types: true }
      const columns = [column('id', 'integer'), column('name', 'string'), column('gone', 'date')]
      const node = { materialized: 'table', relation, model: { contract, columns } }
      await expect(
        run({ ...node, sql: "select 1::bigint as id, 'a' as name, 2 as more" }),
      ).rejects.toThrow(/data type mismatch[\s\S]*missing in contract|missing in definition/)
      expect(await names()).toEqual([])
      await run({ ...node, sql: "select 'a' as name, date '2024-01-01' as gone, 1::integer as id" })
      expect(await rows(relation)).toEqual([[1, 'a', '2024-01-01']])
    })

    it('reads nothing of a relation that is not there', async () => {
      expect(await session.columns(at('nothing'))).toEqual([])
    })

    it('stops a running statement when the signal fires, and closes', async () => {
      const abort = new AbortController()
      await warehouse.close()
      warehouse = await subject.open(abort.signal)
      session = await warehouse.session('Thread-1')
      const long = session.query(
        'select count(*) from range(10000000) a, range(100000) b where a.range * b.range = 7',
      )
      setTimeout(() => abort.abort(), 100)
      const began = performance.now()
      await expect(long).rejects.toMatchObject({ name: 'AbortError' })
      expect(performance.now() - began).toBeLessThan(5000)
      await expect(session.query('select 1')).rejects.toMatchObject({ name: 'AbortError' })
      await session.rollback()
    })
  })
}
