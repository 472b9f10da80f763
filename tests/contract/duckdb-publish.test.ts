import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { column, constraint, rowsOf } from './driver.ts'
import { openWorkbench, type Workbench } from './duckdb-subject.ts'

describe('duckdb: publishing', () => {
  let bench: Workbench
  beforeEach(async () => {
    bench = await openWorkbench()
  })
  afterEach(() => bench.warehouse.close())

  const enforced = { enforced: true, alias_types: true }

  it('never lets a reader miss the table', async () => {
    const relation = bench.at('t')
    await bench.run({ materialized: 'table', relation, sql: 'select 0 as a' })
    const reader = await bench.warehouse.session('reader')
    let done = false
    let reads = 0
    const reading = (async () => {
      while (!done) {
        const [row] = await rowsOf(reader, 'select a, count(*) over () from bench.s.t')
        expect(row?.[1]).toBe(1)
        reads++
      }
    })()
    for (let i = 1; i <= 40; i++) {
      const materialized = i % 3 === 0 ? 'view' : 'table'
      await bench.run({ materialized, relation, sql: `select ${i} as a` })
    }
    done = true
    await reading
    expect(reads).toBeGreaterThan(10)
  })

  it('builds many tables at once in several sessions', async () => {
    const sessions = await Promise.all(
      [1, 2, 3, 4].map(i => bench.warehouse.session(`Thread-${i + 1}`)),
    )
    await Promise.all(
      sessions.map(async (session, s) => {
        for (let i = 0; i < 10; i++)
          await bench.run(
            { materialized: 'table', relation: bench.at(`t_${s}_${i}`), sql: 'select 1 as a' },
            session,
          )
      }),
    )
    expect(await bench.relations()).toHaveLength(40)
  })

  it('makes indexes after the swap, and replaces a table that has them', async () => {
    const relation = bench.at('t')
    const config = { indexes: [{ columns: ['a'], unique: true }, { columns: ['a', 'b'] }] }
    for (const a of [1, 2])
      await bench.run({ materialized: 'table', relation, config, sql: `select ${a} as a, 0 as b` })
    expect(
      await rowsOf(
        bench.session,
        'select is_unique, expressions from duckdb_indexes() order by all',
      ),
    ).toEqual([
      [false, '[a, b]'],
      [true, '[a]'],
    ])
  })

  it('keeps what descriptions say as comments, and warns of columns that are not there', async () => {
    const relation = bench.at('t')
    const node = {
      materialized: 'table',
      relation,
      sql: 'select 1 as id, 2 as other',
      description: `it's "a" table; with $tags$`,
      config: { persist_docs: { relation: true, columns: true }, indexes: [{ columns: ['id'] }] },
      model: {
        columns: [
          { ...column('id', 'integer'), description: "the 'id'" },
          { ...column('nope', 'integer'), description: 'x' },
        ],
      },
    }
    const { warnings } = await bench.run(node)
    expect(warnings).toEqual([
      'In relation "bench"."s"."t": The following columns are specified in the schema but are not present in the database: nope',
    ])
    await bench.run({
      ...node,
      materialized: 'view',
      relation: bench.at('v'),
      config: { persist_docs: node.config.persist_docs },
    })
    const [table, view] = await bench.warehouse.catalog([{ database: 'bench', schema: 's' }])
    expect(table).toEqual({
      relation,
      type: 'BASE TABLE',
      comment: node.description,
      owner: null,
      columns: [
        { name: 'id', type: 'INTEGER', comment: "the 'id'" },
        { name: 'other', type: 'INTEGER', comment: null },
      ],
      stats: [],
    })
    expect(view).toMatchObject({ type: 'VIEW', comment: node.description })
  })

  it('warns that grants do nothing', async () => {
    const { warnings } = await bench.run({
      materialized: 'view',
      relation: bench.at('v'),
      sql: 'select 1 as a',
      config: { grants: { select: ['x'] } },
    })
    expect(warnings).toEqual(['Grants for relations are not supported by DuckDB'])
  })

  it('enforces constraints, and keeps the old rows when one breaks', async () => {
    const relation = bench.at('t')
    const model = {
      contract: enforced,
      columns: [
        column('id', 'integer', [{ type: 'not_null' }, { type: 'check', expression: 'id > 0' }]),
        column('color', 'string'),
      ],
      constraints: [constraint({ type: 'primary_key', columns: ['id'] })],
    }
    const node = { materialized: 'table', relation, model }
    await bench.run({ ...node, sql: "select 1 as id, 'red' as color" })
    for (const [sql, message] of [
      ["select null::integer as id, 'red' as color", 'NOT NULL constraint failed'],
      ["select -1 as id, 'red' as color", 'CHECK constraint failed'],
      ["select 1 as id, 'red' as color from range(2)", 'duplicate key'],
    ] as const)
      await expect(bench.run({ ...node, sql })).rejects.toThrow(message)
    expect(await rowsOf(bench.session, 'select * from bench.s.t')).toEqual([[1, 'red']])
  })

  it('replaces tables that foreign keys tie together, when the children follow', async () => {
    const parent = {
      materialized: 'table',
      relation: bench.at('parent'),
      sql: 'select 1 as id',
      model: { contract: enforced, columns: [column('id', 'integer', [{ type: 'primary_key' }])] },
    }
    const child = {
      materialized: 'table',
      relation: bench.at('child'),
      sql: 'select 1 as parent_id',
      model: {
        contract: enforced,
        columns: [
          column('parent_id', 'integer', [
            { type: 'foreign_key', to: '"bench"."s"."parent"', to_columns: ['id'] },
          ]),
        ],
      },
    }
    await bench.run(parent)
    await bench.run(child)
    await bench.run(child)
    await expect(bench.run(parent)).rejects.toThrow(/Problem tables: child/)
    await bench.run({ ...parent, sql: 'select 2 as id', rebuilt: [child.relation] })
    expect(await rowsOf(bench.session, 'select * from bench.s.child')).toEqual([[1]])
    await expect(bench.run(child)).rejects.toThrow(/foreign key/i)
    await bench.run({ ...child, sql: 'select 2 as parent_id' })
    expect(await rowsOf(bench.session, 'select * from bench.s.child')).toEqual([[2]])
    expect(await bench.relations()).toEqual(['table child', 'table parent'])
  })

  it('takes turns where foreign keys would make transactions conflict', async () => {
    await bench.run({
      materialized: 'table',
      relation: bench.at('parent'),
      sql: 'select 1 as id',
      model: { contract: enforced, columns: [column('id', 'integer', [{ type: 'primary_key' }])] },
    })
    const reference = { type: 'foreign_key', to: 's.parent', to_columns: ['id'] } as const
    await Promise.all(
      [1, 2, 3].map(async i => {
        const session = await bench.warehouse.session(`child-${i}`)
        const relation = bench.at(`child_${i}`)
        const model = { contract: enforced, columns: [column('id', 'integer', [reference])] }
        await bench.run({ materialized: 'table', relation, sql: 'select 1 as id', model }, session)
      }),
    )
    expect(await bench.relations()).toHaveLength(4)
  })

  it('runs hooks in and around the transaction', async () => {
    await bench.session.query('create table bench.s.log (what varchar)')
    const hook = (what: string, transaction: boolean) => ({
      sql: `insert into bench.s.log values ('${what}')`,
      transaction,
      index: null,
    })
    const node = {
      materialized: 'table',
      relation: bench.at('t'),
      hooks: { pre: [hook('outside', false), hook('inside', true)], post: [hook('after', false)] },
    }
    await expect(bench.run({ ...node, sql: 'select nope' })).rejects.toThrow('nope')
    expect(await rowsOf(bench.session, 'select * from bench.s.log')).toEqual([['outside']])
    await bench.run({ ...node, sql: 'select 1 as a' })
    expect(await rowsOf(bench.session, 'select * from bench.s.log')).toEqual([
      ['outside'],
      ['outside'],
      ['inside'],
      ['after'],
    ])
  })

  it('runs a header before the contract is checked', async () => {
    await bench.run({
      materialized: 'table',
      relation: bench.at('t'),
      sql: "select getvariable('x')::integer as id",
      model: {
        contract: enforced,
        columns: [column('id', 'integer')],
        header: 'set variable x = 7;',
      },
    })
    expect(await rowsOf(bench.session, 'select * from bench.s.t')).toEqual([[7]])
  })

  it('gives cells their types', async () => {
    const [row] = (
      await bench.session.query(`select true, 1, 9007199254740993, 1.50::decimal(5,2), 2.0::double,
        date '2024-02-29', timestamp '2024-01-01 10:00:00', timestamp '1969-12-31 23:59:59.5',
        timestamptz '2024-01-01 10:00:00.25+02', time '10:00:00', interval 3 days, 'x', null,
        [1, null], {'a': 1, 'b': [1.5::double]}, map {'k': 2}, 'ab'::blob, uuid '00000000-0000-0000-0000-000000000001'`)
    ).rows
    expect(row).toEqual([
      true,
      1,
      9007199254740993n,
      { decimal: '1.50' },
      { float: 2 },
      { temporal: 'date', text: '2024-02-29' },
      { temporal: 'timestamp', text: '2024-01-01T10:00:00' },
      { temporal: 'timestamp', text: '1969-12-31T23:59:59.500000' },
      { temporal: 'timestamptz', text: '2024-01-01T08:00:00.250000+00:00' },
      { temporal: 'time', text: '10:00:00' },
      { temporal: 'interval', text: '3 days' },
      'x',
      null,
      [1, null],
      {
        struct: new Map<string, unknown>([
          ['a', 1],
          ['b', [{ float: 1.5 }]],
        ]),
      },
      { struct: new Map([['k', 2]]) },
      new Uint8Array([97, 98]),
      '00000000-0000-0000-0000-000000000001',
    ])
  })
})
