import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SeedTable } from '../../src/core/seed.ts'
import { rowsOf } from './driver.ts'
import { openWorkbench, type Workbench } from './duckdb-subject.ts'

/*
 * What dbt 1.12 with dbt-duckdb 1.11 makes of a column of such cells, found by running it; the type,
 * then the cells as DuckDB prints them. BIGINT is navo's own: dbt fails to load such a seed.
 */
const COLUMNS: Readonly<Record<string, readonly [readonly string[], string, readonly unknown[]]>> =
  {
    int: [['1', '2', '-3'], 'INTEGER', ['1', '2', '-3']],
    long: [['1', '3000000000'], 'BIGINT', ['1', '3000000000']],
    decimal: [['1.5', '2'], 'DOUBLE', ['1.5', '2.0']],
    'whole decimals': [['1.0', '2.00'], 'INTEGER', ['1', '2']],
    exponent: [['1e2', '3'], 'INTEGER', ['100', '3']],
    'negative exponent': [['1e-2', '3'], 'DOUBLE', ['0.01', '3.0']],
    underscore: [['1_000', '2'], 'INTEGER', ['1000', '2']],
    boolean: [['True', 'FALSE'], 'BOOLEAN', ['true', 'false']],
    'yes and no': [['yes', 'no'], 'VARCHAR', ['yes', 'no']],
    'zero and one': [['0', '1'], 'INTEGER', ['0', '1']],
    't and f': [['t', 'f'], 'VARCHAR', ['t', 'f']],
    date: [['2024-01-01', '2024-02-29'], 'DATE', ['2024-01-01', '2024-02-29']],
    'short date': [['2024-1-5', '2024-12-31'], 'DATE', ['2024-01-05', '2024-12-31']],
    'no such date': [['2024-02-30', '2024-01-01'], 'VARCHAR', ['2024-02-30', '2024-01-01']],
    'American date': [['01/02/2024', '03/04/2024'], 'VARCHAR', ['01/02/2024', '03/04/2024']],
    timestamp: [
      ['2024-01-01 10:00:00', '2024-01-02 11:11:11'],
      'TIMESTAMP',
      ['2024-01-01 10:00:00', '2024-01-02 11:11:11'],
    ],
    'timestamp with T': [
      ['2024-01-01T10:00:00', '2024-01-02T00:00:00'],
      'TIMESTAMP',
      ['2024-01-01 10:00:00', '2024-01-02 00:00:00'],
    ],
    'timestamp with zone': [
      ['2024-01-01T10:00:00Z', '2024-01-02T00:00:00Z'],
      'TIMESTAMP',
      ['2024-01-01 10:00:00', '2024-01-02 00:00:00'],
    ],
    'timestamp with fraction': [
      ['2024-01-01 10:00:00.5', '2024-01-02 11:11:11.25'],
      'VARCHAR',
      ['2024-01-01 10:00:00.5', '2024-01-02 11:11:11.25'],
    ],
    'timestamp with T and fraction': [
      ['2024-01-01T10:00:00.5', '2024-01-02T11:11:11.25'],
      'TIMESTAMP',
      ['2024-01-01 10:00:00.5', '2024-01-02 11:11:11.25'],
    ],
    'both timestamps': [
      ['2024-01-01 10:00:00', '2024-01-02T00:00:00'],
      'VARCHAR',
      ['2024-01-01 10:00:00', '2024-01-02T00:00:00'],
    ],
    'date and timestamp': [
      ['2024-01-01', '2024-01-02 00:00:00'],
      'VARCHAR',
      ['2024-01-01', '2024-01-02 00:00:00'],
    ],
    'without seconds': [
      ['2024-01-01T10:00', '2024-01-02T11:00'],
      'TIMESTAMP',
      ['2024-01-01 10:00:00', '2024-01-02 11:00:00'],
    ],
    time: [['10:00:00', '11:00:00'], 'VARCHAR', ['10:00:00', '11:00:00']],
    'null in text': [['null', 'abc'], 'VARCHAR', ['null', 'abc']],
    'n/a': [['n/a', '1'], 'VARCHAR', ['n/a', '1']],
    empty: [['', '1'], 'INTEGER', [null, '1']],
    'all empty': [['', ''], 'INTEGER', [null, null]],
    'empty text': [['', 'abc'], 'VARCHAR', [null, 'abc']],
    'quoted empty': [['""', '"x"'], 'VARCHAR', [null, 'x']],
    'quoted numbers': [['""', '"1"'], 'INTEGER', [null, '1']],
    spaces: [[' 1 ', '2'], 'INTEGER', ['1', '2']],
    'spaces in text': [[' a ', 'b'], 'VARCHAR', [' a ', 'b']],
    'leading zeros': [['001', '002'], 'INTEGER', ['1', '2']],
    plus: [['+1', '2'], 'INTEGER', ['1', '2']],
    dot: [['.', '1'], 'VARCHAR', ['.', '1']],
    'trailing dot': [['1.', '2'], 'INTEGER', ['1', '2']],
    'leading dot': [['.5', '1'], 'DOUBLE', ['0.5', '1.0']],
    mixed: [['1', 'a'], 'VARCHAR', ['1', 'a']],
    json: [['"{""a"":1}"', '"[1]"'], 'VARCHAR', ['{"a":1}', '[1]']],
    'true and one': [['true', '1'], 'VARCHAR', ['true', '1']],
    'empty timestamp': [['', '2024-01-01 00:00:00'], 'TIMESTAMP', [null, '2024-01-01 00:00:00']],
    'empty boolean': [['', 'true'], 'BOOLEAN', [null, 'true']],
    year: [['2024', '2023'], 'INTEGER', ['2024', '2023']],
  }

/** Columns that look like numbers or dates to agate but that DuckDB cannot load: an error, as with dbt. */
const FAILING: Readonly<Record<string, readonly string[]>> = {
  money: ['$1', '$2'],
  thousands: ['"1,000"', '"2,000"'],
  percent: ['5%', '6%'],
  nan: ['nan', '1'],
  inf: ['inf', '1'],
  'the word null': ['null', '1'],
  'date and the word null': ['null', '2024-01-01'],
  'basic format': ['20240101T101010', '20240102T101010'],
}

describe('duckdb: seeds', () => {
  let bench: Workbench
  let count = 0
  beforeAll(async () => {
    bench = await openWorkbench()
  })
  afterAll(() => bench.warehouse.close())

  const load = async (text: string | Buffer, options: Partial<SeedTable> = {}) => {
    const path = join(mkdtempSync(join(tmpdir(), 'navo-seed-')), 'seed.csv')
    writeFileSync(path, text)
    const relation = bench.at(`seed_${count++}`)
    const seed = {
      path,
      delimiter: ',',
      columnTypes: {},
      quoteColumns: null,
      empty: false,
      ...options,
    }
    const { main } = await bench.run({ materialized: 'seed', relation, seed })
    const columns = await bench.session.columns(relation)
    const table = `bench.s.${relation.identifier}`
    const rows = await rowsOf(
      bench.session,
      `select columns(*)::varchar from ${table} order by rowid`,
    )
    return { columns: columns.map(({ name, type }) => `${name} ${type}`), rows, main }
  }

  it.each(Object.entries(COLUMNS))('types a column of %s', async (_, [cells, type, expected]) => {
    const text = `id,v\n${cells.map((cell, i) => `${i + 1},${cell}\n`).join('')}`
    const { columns, rows } = await load(text)
    expect(columns).toEqual(['id INTEGER', `v ${type}`])
    expect(rows.map(row => row[1])).toEqual(expected)
  })

  it.each(Object.entries(FAILING))('fails on a column of %s', async (_, cells) => {
    const text = `id,v\n${cells.map((cell, i) => `${i + 1},${cell}\n`).join('')}`
    await expect(load(text)).rejects.toThrow('Could not convert string')
  })

  it('reads headers, marks and line ends', async () => {
    expect(await load('a,b\n')).toMatchObject({
      columns: ['a INTEGER', 'b INTEGER'],
      rows: [],
      main: { message: 'INSERT 0' },
    })
    expect(await load('a,b')).toMatchObject({ columns: ['a INTEGER', 'b INTEGER'], rows: [] })
    expect(await load('\uFEFFa,b\n1,x\n')).toMatchObject({
      columns: ['a INTEGER', 'b VARCHAR'],
      rows: [['1', 'x']],
    })
    expect(await load('a,b\r\n1,x\r\n2,y\r\n')).toMatchObject({
      rows: [
        ['1', 'x'],
        ['2', 'y'],
      ],
    })
    expect(await load('a,b\n1,"x\ny"\n')).toMatchObject({ rows: [['1', 'x\ny']] })
    expect(await load('a,b\n1,2')).toMatchObject({ rows: [['1', '2']] })
    expect(await load('a,b\n1,2\n\n3,4\n')).toMatchObject({
      rows: [
        ['1', '2'],
        ['3', '4'],
      ],
    })
    expect(await load('a\n1\n\n2\n')).toMatchObject({ rows: [['1'], [null], ['2']] })
    expect((await load('a,a\n1,2\n')).columns).toEqual(['a INTEGER', 'a_2 INTEGER'])
    expect((await load('a,,c\n1,2,3\n')).columns).toEqual(['a INTEGER', 'b INTEGER', 'c INTEGER'])
    expect((await load('a, b ,C d\n1,2,3\n')).columns).toEqual([
      'a INTEGER',
      ' b  INTEGER',
      'C d INTEGER',
    ])
    expect(await load('a,b\n1,x"y"\n')).toMatchObject({ rows: [['1', 'x"y"']] })
  })

  it('takes column_types, delimiter, quote_columns and empty', async () => {
    const typed = await load('a,b\n1,2\n', { columnTypes: { b: 'varchar(20)' } })
    expect(typed.columns).toEqual(['a INTEGER', 'b VARCHAR'])
    const semicolons = await load('a;b\n1;x,y\n', { delimiter: ';' })
    expect(semicolons.rows).toEqual([['1', 'x,y']])
    const tabs = await load('a\tb\n1\t2\n', { delimiter: '\t' })
    expect(tabs.rows).toEqual([['1', '2']])
    const unquoted = await load('A,B\n1,2\n', { quoteColumns: false })
    expect(unquoted.columns).toEqual(['A INTEGER', 'B INTEGER'])
    const empty = await load('a,b\n1,x\n', { empty: true })
    expect(empty).toMatchObject({ columns: ['a INTEGER', 'b VARCHAR'], rows: [] })
    await expect(load('a|b c\n1|2\n', { quoteColumns: false })).rejects.toThrow('syntax error')
    await expect(load('a,b\n1,2\n', { delimiter: '' })).rejects.toThrow('1-character string')
  })

  it('says where a file is malformed', async () => {
    await expect(load('a,b\n1,2,3\n')).rejects.toThrow(/Line: 2/)
    await expect(load('')).rejects.toThrow(/is empty/)
    await expect(load(Buffer.from([97, 10, 0xe9, 10]))).rejects.toThrow(/unicode|utf-8/i)
    await expect(
      bench.run({
        materialized: 'seed',
        relation: bench.at('missing'),
        seed: {
          path: '/nowhere/x.csv',
          delimiter: ',',
          columnTypes: {},
          quoteColumns: null,
          empty: false,
        },
      }),
    ).rejects.toThrow('The seed file /nowhere/x.csv cannot be read')
  })

  it('finds what stands beyond the sample', async () => {
    const lines = Array.from({ length: 5000 }, (_, i) => `${i},${i},2024-01-01,x`)
    const text = `a,b,c,d\n${lines.join('\n')}\n1.5,x,,y\n`
    expect((await load(text)).columns).toEqual(['a DOUBLE', 'b VARCHAR', 'c DATE', 'd VARCHAR'])
  })
})
