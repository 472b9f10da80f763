import { describe, expect, it } from 'vitest'
import type { Cell, QueryResult } from '../../core/query-result.ts'
import { testDialect } from './test-dialect.ts'
import { fixtureSql, unitTestSql } from './unit-test.ts'
import { unitTestDiff } from './unit-test-diff.ts'

const columns = [
  { name: 'Id', type: 'INTEGER' },
  { name: 'tags', type: 'VARCHAR[]' },
]
const fixture = {
  name: 'users',
  unitTest: 'ut',
  relation: { database: 'db', schema: 's', identifier: 'users' },
  columns,
  dialect: testDialect,
}

describe('fixtureSql', () => {
  it('gives all columns their types', () => {
    const rows = [{ ID: 1 }, { tags: ['a', null] }]
    expect(fixtureSql({ ...fixture, rows: [{ id: null }, { id: 2 }] })).toMatch(
      /select cast\(2 as .*\nunion all\nselect cast\(null/,
    )
    expect(fixtureSql({ ...fixture, rows })).toBe(`-- Fixture for users
select cast(1 as INTEGER) as "Id", cast(null as VARCHAR[]) as "tags"
union all
select cast(null as INTEGER) as "Id", cast(['a', null] as VARCHAR[]) as "tags"`)
    expect(fixtureSql({ ...fixture, rows: [] })).toMatch(/^-- .*\nselect cast\(null.*\nlimit 0$/)
  })

  it('names what is not there', () => {
    expect(() => fixtureSql({ ...fixture, rows: [{ c: 1 }] })).toThrow(
      "Invalid column name: 'c' in unit test fixture for 'users'.\nAccepted columns for 'users' are: ['id', 'tags']",
    )
    expect(() => fixtureSql({ ...fixture, columns: [], rows: [] })).toThrow(
      "Not able to get columns for unit test 'users' from relation db.s.users because the relation doesn't exist",
    )
  })
})

describe('unitTestSql', () => {
  const make = (expected: Parameters<typeof unitTestSql>[0]['expected']) =>
    unitTestSql({
      sql: 'select model',
      expected,
      dialect: testDialect,
      source: {
        sql: async request => testDialect.sql(request),
        snapshotStrategy: async () => undefined,
      },
      facts: {
        relation: () => undefined,
        columns: async () => [],
        describe: async () => columns,
      },
    })

  it('compares the columns that the first row names', async () => {
    expect(await make({ rows: [{ id: 1 }, { id: null }] })).toBe(
      'get_unit_test_sql ["Id"] select model = select cast(1 as INTEGER) as "Id"\nunion all\nselect cast(null as INTEGER) as "Id"',
    )
    expect(await make({ rows: [] })).toContain('["Id" "tags"] select model = select * from')
    expect(await make({ sql: 'select 1 as id' })).toContain('["Id" "tags"] select model = select 1')
  })

  it('names what the model has not', async () => {
    await expect(make({ rows: [{ nope: 1 }] })).rejects.toThrow(
      "Invalid column name: 'nope' in unit test fixture for expected output.",
    )
  })
})

describe('unitTestDiff', () => {
  const result = (...rows: readonly (readonly Cell[])[]): QueryResult => ({
    columns: ['id', 'y', 'name', 'actual_or_expected'].map(name => ({ name, type: '' })),
    rows,
    response: { _message: 'OK' },
  })

  it('is undefined for the same rows in another order', () => {
    expect(
      unitTestDiff(
        result(
          [1, { float: 1 }, null, 'actual'],
          [2, null, 'x', 'actual'],
          [2, null, 'x', 'expected'],
          [1, { float: 1 }, null, 'expected'],
        ),
      ),
    ).toBeUndefined()
  })

  it('shows what changed as dbt does', () => {
    expect(
      unitTestDiff(
        result(
          [1, 6, null, 'actual'],
          [2, null, null, 'actual'],
          [1, 6, null, 'expected'],
          [2, 3, 'zz', 'expected'],
        ),
      )?.rendered,
    ).toBe(`

actual differs from expected:

@@,id,y     ,name
  ,1 ,6     ,NULL
→ ,2 ,3→NULL,zz→NULL

`)
  })

  it('tells null from the word, and marks rows that are missing or too many', () => {
    expect(
      unitTestDiff(
        result([1, 6, null, 'actual'], [8, 9, 'x', 'expected'], [1, 6, 'NULL', 'expected']),
      )?.rendered,
    ).toContain("→  ,1 ,6,'NULL'→NULL\n---,8 ,9,x\n")
    expect(unitTestDiff(result([1, 6, true, 'actual']))?.rendered).toContain('+++,1 ,6,True')
  })
})
