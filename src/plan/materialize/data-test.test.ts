import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../core/json.ts'
import type { Cell, QueryResult } from '../../core/query-result.ts'
import { dataTest, testOutcome } from './data-test.ts'
import { testDialect } from './test-dialect.ts'

const relation = { database: 'db', schema: 'audit', identifier: 'failures' }
const make = (config: JsonObject, storeFailures = false) =>
  dataTest({
    sql: 'select bad',
    model: {
      config,
      contract: { enforced: false, alias_types: true },
      columns: [],
      constraints: [],
      header: null,
    },
    relation,
    existing: { ...relation, type: 'view' },
    storeFailures,
    dialect: testDialect,
    source: {
      sql: async request =>
        request.macro === 'get_test_sql'
          ? `${request.failCalc} ${request.warnIf} ${request.errorIf} of ${request.sql}`
          : testDialect.sql(request),
      snapshotStrategy: async () => undefined,
    },
  })

describe('dataTest', () => {
  it('counts failing rows', async () => {
    expect(await make({})).toEqual({
      steps: [],
      sql: 'count(*) != 0 != 0 of select bad',
      stored: undefined,
    })
    const config = { fail_calc: 'sum(n)', warn_if: '> 1', error_if: '> 9', limit: 5 }
    expect((await make(config)).sql).toBe('sum(n) > 1 > 9 of select bad limit 5')
  })

  it.each<[JsonObject, boolean, string | undefined]>([
    [{}, true, 'table'],
    [{ store_failures: true }, false, 'table'],
    [{ store_failures: false }, true, undefined],
    [{ store_failures_as: 'view' }, false, 'view'],
    [{ store_failures: true, store_failures_as: 'ephemeral' }, true, undefined],
  ])('stores failures under %j with the flag %s as %s', async (config, flag, type) => {
    expect((await make(config, flag)).stored?.type).toBe(type)
  })

  it('replaces the failures of the last time at once', async () => {
    const { steps, sql } = await make({ store_failures_as: 'table', limit: 3 })
    expect(steps).toEqual([
      { kind: 'begin' },
      { kind: 'drop', relation: { ...relation, type: 'view' } },
      { kind: 'sql', sql: 'create_table_as failures select bad limit 3' },
      { kind: 'commit' },
    ])
    expect(sql).toContain('from db.audit.failures')
    expect(sql).not.toContain('limit')
  })

  it('refuses another way to store', async () => {
    await expect(make({ store_failures_as: 'error' })).rejects.toThrow(
      "'error' is not a valid value for `store_failures_as`. Accepted values are: ['ephemeral', 'table', 'view']",
    )
  })
})

describe('testOutcome', () => {
  const result = (...row: readonly Cell[]): QueryResult => ({
    columns: ['failures', 'should_warn', 'should_error'].map(name => ({ name, type: '' })),
    rows: [row],
    response: { _message: 'OK' },
  })

  it.each<[QueryResult, JsonObject, unknown]>([
    [result(0, false, false), {}, { status: 'pass', message: null, failures: 0 }],
    [
      result(1, true, true),
      {},
      { status: 'fail', message: 'Got 1 result, configured to fail if != 0', failures: 1 },
    ],
    [
      result(2n, true, true),
      { severity: 'warn', warn_if: '> 1' },
      { status: 'warn', message: 'Got 2 results, configured to warn if > 1', failures: 2 },
    ],
    [
      result({ decimal: '3' }, true, false),
      { error_if: '> 5' },
      { status: 'warn', message: 'Got 3 results, configured to warn if != 0', failures: 3 },
    ],
    [result(3, false, true), { severity: 'WARN' }, { status: 'pass', message: null, failures: 0 }],
  ])('%#', (given, config, expected) => {
    expect(testOutcome(given, config)).toEqual(expected)
  })

  it('refuses anything but one row of three', () => {
    expect(() => testOutcome({ ...result(), rows: [] }, {})).toThrow('expected 1 row')
  })
})
