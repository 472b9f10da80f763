import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/core/json.ts'
import { rowsOf } from './driver.ts'
import { openWorkbench, type Workbench } from './duckdb-subject.ts'

/*
 * Three runs over a source in which row 1 changes and row 2 disappears before the second run, and
 * row 2 comes back and row 3 gets a value in a new column before the third. The expected rows are
 * what dbt 1.12 stored for the same; times of the runs themselves are written as `run 1` … `run 3`.
 */
describe('duckdb: snapshots', () => {
  let bench: Workbench
  let runs: string[]
  beforeEach(async () => {
    runs = []
    bench = await openWorkbench({ settings: { TimeZone: 'UTC' } })
    await bench.session.query(`create table bench.s.src (id integer, v varchar, u timestamp);
      insert into bench.s.src values (1, 'a', '2024-01-01'), (2, 'b', '2024-01-01'), (3, 'c', '2024-01-01')`)
  })
  afterEach(() => bench.warehouse.close())

  const change = [
    `update bench.s.src set v = 'a2', u = '2024-01-02' where id = 1;
     delete from bench.s.src where id = 2;
     insert into bench.s.src values (4, 'd', '2024-01-02')`,
    `insert into bench.s.src values (2, 'b2', '2024-01-03');
     alter table bench.s.src add column extra varchar;
     update bench.s.src set extra = 'e' where id = 3`,
  ]

  const snapshot = async (config: JsonObject, sql: string): Promise<void> => {
    const relation = bench.at('snap')
    const clock = async (): Promise<string> =>
      String((await rowsOf(bench.session, 'select now()::timestamp::varchar'))[0]?.[0])
    runs.push(await clock())
    await bench.run({ materialized: 'snapshot', relation, config, sql })
  }

  const threeRuns = async (config: JsonObject, sql: string): Promise<void> => {
    await snapshot(config, sql)
    for (const text of change) {
      await bench.session.query(text)
      await snapshot(config, sql)
    }
  }

  const stored = async (select: string): Promise<readonly unknown[][]> => {
    const rows = await rowsOf(
      bench.session,
      `select columns(*)::varchar from (select ${select} from bench.s.snap order by all)`,
    )
    return rows.map(row => row.map(cell => runName(String(cell), runs)))
  }

  const history = 'id, v, dbt_valid_from, dbt_valid_to'

  it('closes and adds versions by their time, and ignores deletions', async () => {
    const config = { strategy: 'timestamp', unique_key: 'id', updated_at: 'u' }
    await threeRuns(config, 'select id, v, u from bench.s.src')
    expect(await stored(`${history}, dbt_scd_id, dbt_updated_at = dbt_valid_from`)).toEqual([
      [
        '1',
        'a',
        '2024-01-01 00:00:00',
        '2024-01-02 00:00:00',
        '8bd6037542377309505ab720e545f24e',
        'true',
      ],
      ['1', 'a2', '2024-01-02 00:00:00', 'null', '37079bbc2903f67ad53b23fcc5e5622c', 'true'],
      [
        '2',
        'b',
        '2024-01-01 00:00:00',
        '2024-01-03 00:00:00',
        'f8e4dcba7004839b9c5b44a77923cd0a',
        'true',
      ],
      ['2', 'b2', '2024-01-03 00:00:00', 'null', 'a8a7cb50efe6a794a561ef404391fbff', 'true'],
      ['3', 'c', '2024-01-01 00:00:00', 'null', '36d97e6f161bf778b28647771ac013ae', 'true'],
      ['4', 'd', '2024-01-02 00:00:00', 'null', 'c4b154367a0fd4ef8517fd84b9ae6619', 'true'],
    ])
  })

  it('changes nothing when run again over the same rows', async () => {
    const config = { strategy: 'check', unique_key: 'id', check_cols: 'all' }
    await snapshot(config, 'select * from bench.s.src')
    const before = await rowsOf(bench.session, 'select * from bench.s.snap order by id')
    await snapshot(config, 'select * from bench.s.src')
    expect(await rowsOf(bench.session, 'select * from bench.s.snap order by id')).toEqual(before)
  })

  it.each([{ hard_deletes: 'invalidate' }, { invalidate_hard_deletes: true }])(
    'closes what is deleted: %j',
    async deletes => {
      const config = { strategy: 'timestamp', unique_key: 'id', updated_at: 'u', ...deletes }
      await threeRuns(config, 'select id, v, u from bench.s.src')
      expect(await stored(history)).toEqual([
        ['1', 'a', '2024-01-01 00:00:00', '2024-01-02 00:00:00'],
        ['1', 'a2', '2024-01-02 00:00:00', 'null'],
        ['2', 'b', '2024-01-01 00:00:00', 'run 2'],
        ['2', 'b2', '2024-01-03 00:00:00', 'null'],
        ['3', 'c', '2024-01-01 00:00:00', 'null'],
        ['4', 'd', '2024-01-02 00:00:00', 'null'],
      ])
    },
  )

  it('marks what is deleted by a record', async () => {
    const config = {
      strategy: 'timestamp',
      unique_key: 'id',
      updated_at: 'u',
      hard_deletes: 'new_record',
    }
    await threeRuns(config, 'select id, v, u from bench.s.src')
    expect(await stored(`${history}, dbt_is_deleted`)).toEqual([
      ['1', 'a', '2024-01-01 00:00:00', '2024-01-02 00:00:00', 'False'],
      ['1', 'a2', '2024-01-02 00:00:00', 'null', 'False'],
      ['2', 'b', '2024-01-01 00:00:00', 'run 2', 'False'],
      ['2', 'b', 'run 2', '2024-01-03 00:00:00', 'True'],
      ['2', 'b2', '2024-01-03 00:00:00', 'null', 'False'],
      ['3', 'c', '2024-01-01 00:00:00', 'null', 'False'],
      ['4', 'd', '2024-01-02 00:00:00', 'null', 'False'],
    ])
  })

  it('compares columns, takes composite keys, its own names, and an end of time', async () => {
    const config = {
      strategy: 'check',
      unique_key: ['id', 'v'],
      check_cols: 'all',
      hard_deletes: 'new_record',
      snapshot_meta_column_names: { dbt_valid_to: 'vt', dbt_valid_from: 'vf' },
      dbt_valid_to_current: "date '9999-12-31'",
    }
    await threeRuns(config, 'select id, v, u from bench.s.src')
    const end = '9999-12-31 00:00:00'
    expect(await stored('id, v, vf, vt, dbt_is_deleted')).toEqual([
      ['1', 'a', 'run 1', 'run 2', 'False'],
      ['1', 'a', 'run 2', end, 'True'],
      ['1', 'a2', 'run 2', end, 'False'],
      ['2', 'b', 'run 1', 'run 2', 'False'],
      ['2', 'b', 'run 2', end, 'True'],
      ['2', 'b2', 'run 3', end, 'False'],
      ['3', 'c', 'run 1', end, 'False'],
      ['4', 'd', 'run 2', end, 'False'],
    ])
  })

  it('adds new columns, and looks only at those to be checked', async () => {
    const config = { strategy: 'check', unique_key: 'id', check_cols: ['v'] }
    await threeRuns(config, 'select * from bench.s.src')
    expect(await stored(`${history}, extra`)).toEqual([
      ['1', 'a', 'run 1', 'run 2', 'null'],
      ['1', 'a2', 'run 2', 'null', 'null'],
      ['2', 'b', 'run 1', 'run 3', 'null'],
      ['2', 'b2', 'run 3', 'null', 'null'],
      ['3', 'c', 'run 1', 'null', 'null'],
      ['4', 'd', 'run 2', 'null', 'null'],
    ])
  })

  it('refuses a table that is no snapshot, a view, and settings that contradict each other', async () => {
    const config = { strategy: 'timestamp', unique_key: 'id', updated_at: 'u' }
    const sql = 'select id, v, u from bench.s.src'
    await bench.session.query('create table bench.s.snap as select 1 as id, 2 as dbt_scd_id')
    await expect(snapshot(config, sql)).rejects.toThrow(
      'Snapshot target is missing configured columns (missing "dbt_valid_from", "dbt_valid_to")',
    )
    await bench.session.query('drop table bench.s.snap; create view bench.s.snap as select 1 as id')
    await expect(snapshot(config, sql)).rejects.toThrow('currently exists as a view')
    await bench.session.query('drop view bench.s.snap')
    const both = { ...config, hard_deletes: 'ignore', invalidate_hard_deletes: true }
    await expect(snapshot(both, sql)).rejects.toThrow('You cannot set both')
    await expect(snapshot({ ...config, hard_deletes: 'never' }, sql)).rejects.toThrow(
      'Invalid setting for property hard_deletes.',
    )
    await expect(snapshot({ ...config, strategy: 'other' }, sql)).rejects.toThrow(
      "The specified strategy macro 'other' was not found",
    )
  })
})

/** `run 2` for a time that lies between the second run and the third. */
const runName = (cell: string, runs: readonly string[]): string => {
  if (!/^20(2[5-9]|[3-9]\d)-/.test(cell)) return cell
  const run = runs.filter(began => began <= cell).length
  return `run ${run}`
}
