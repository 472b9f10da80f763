import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SourceNode } from '../../src/core/manifest.ts'
import { rowsOf } from './driver.ts'
import { openWorkbench, type Workbench } from './duckdb-subject.ts'

describe('duckdb: external sources', () => {
  let bench: Workbench
  let project: string
  beforeEach(async () => {
    bench = await openWorkbench()
    project = mkdtempSync(join(tmpdir(), 'navo-sources-'))
  })
  afterEach(() => bench.warehouse.close())

  const file = (path: string, text: string | Buffer): void => {
    mkdirSync(join(project, path, '..'), { recursive: true })
    writeFileSync(join(project, path), text)
  }
  const source = (
    external: Partial<NonNullable<SourceNode['external']>>,
    columns: Readonly<Record<string, string>>,
  ): SourceNode =>
    ({
      database: 'bench',
      schema: 'landing',
      identifier: 'files',
      name: 'files',
      source_name: 'landing',
      external: {
        location: null,
        file_format: null,
        row_format: null,
        tbl_properties: null,
        partitions: null,
        ...external,
      },
      columns: Object.fromEntries(
        Object.entries(columns).map(([name, data_type]) => [name, { name, data_type }]),
      ),
    }) as unknown as SourceNode
  const read = async (node: SourceNode, select: string): Promise<readonly unknown[][]> => {
    await bench.warehouse.prepareSources([node], project)
    return rowsOf(bench.session, `select ${select} from bench.landing.files`)
  }
  const header = "'skip.header.line.count'='1'"

  it('reads lines of text as they are, headers skipped, with their file', async () => {
    file('in/a.csv', 'h1,h2\n1,x\n\n"broken,2\n  sp  \nnull\nlast')
    file('in/b.csv', 'h1,h2\r\n3,z\r\n')
    file('in/empty.csv', '')
    file('in/header.csv', 'h1,h2')
    file('in/.hidden', 'h\nnot this\n')
    file('in/_temporary', 'h\nnor this\n')
    const lines = source(
      { location: 'in/', file_format: 'textfile', tbl_properties: header },
      { line: 'string' },
    )
    expect(await read(lines, "parse_filename(filename) || ':' || line")).toEqual([
      ['a.csv:1,x'],
      ['a.csv:'],
      ['a.csv:"broken,2'],
      ['a.csv:  sp  '],
      ['a.csv:null'],
      ['a.csv:last'],
      ['b.csv:3,z'],
    ])
  })

  it('gives no rows for a folder that is empty or missing, and finds files later', async () => {
    const lines = source({ location: 'in/', file_format: 'text' }, { line: 'varchar' })
    expect(await read(lines, 'line, filename')).toEqual([])
    mkdirSync(join(project, 'in'))
    expect(await read(lines, 'line, filename')).toEqual([])
    file('in/a.txt', 'one\n')
    expect(await read(lines, 'line')).toEqual([['one']])
  })

  it('reads delimited files with types, in the words of several engines', async () => {
    file('in/a.csv', 'id;name\n1;"x;y"\n2;\n')
    const columns = { id: 'int', name: 'string' }
    const row = "row format delimited fields terminated by ';'"
    const delimited = { location: 'in/a.csv', row_format: row, tbl_properties: header }
    expect(
      await read(source({ ...delimited, file_format: 'csv' }, columns), '* exclude filename'),
    ).toEqual([
      [1, 'x;y'],
      [2, null],
    ])
    const serde = `serde 'org.apache.hadoop.hive.serde2.OpenCSVSerde' with serdeproperties ('separatorChar' = ';', 'quoteChar' = '"')`
    expect(
      await read(
        source({ location: 'in/*.csv', row_format: serde, tbl_properties: header }, columns),
        'id',
      ),
    ).toEqual([[1], [2]])
  })

  it('reads JSON and Parquet, partitions included', async () => {
    file('in/day=2024-01-01/a.jsonl', '{"id": 1, "tags": ["a"], "more": {"x": 1}}\n{"id": 2}\n')
    const json = source(
      {
        location: 'in/',
        row_format: "serde 'org.openx.data.jsonserde.JsonSerDe'",
        partitions: [{ name: 'day', data_type: 'date' }],
      },
      { id: 'bigint', tags: 'array<string>', more: 'struct<x:int>' },
    )
    expect(await read(json, '* exclude filename')).toEqual([
      [1, ['a'], { x: 1 }, '2024-01-01'],
      [2, null, null, '2024-01-01'],
    ])
    await bench.session.query(`copy (select 7 as id) to '${project}/p.parquet' (format parquet)`)
    expect(await read(source({ location: join(project, 'p.parquet') }, {}), 'id')).toEqual([[7]])
  })

  it('names the file and the line that cannot be read', async () => {
    file('in/a.txt', Buffer.from([104, 10, 0xe9, 10]))
    const lines = source({ location: 'in/', file_format: 'text' }, { line: 'varchar' })
    await expect(read(lines, 'line')).rejects.toThrow(/Line: 2[\s\S]*in\/a\.txt/)
  })

  it('refuses formats that DuckDB does not read', async () => {
    const orc = source({ location: 'in/', file_format: 'orc' }, { id: 'int' })
    file('in/a.orc', 'x')
    await expect(read(orc, '*')).rejects.toThrow("DuckDB does not read files of the format 'orc'")
  })
})
