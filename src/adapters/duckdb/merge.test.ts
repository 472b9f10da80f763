import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../core/json.ts'
import type { IncrementalRequest } from '../../core/sql-request.ts'
import { mergeSql } from './merge.ts'

/*
 * The texts are those that dbt-duckdb 1.11 sends for the same configurations, white space aside.
 */
const merge = (config: JsonObject, request: Partial<IncrementalRequest> = {}): string =>
  mergeSql({
    macro: 'get_incremental_merge_sql',
    target: { database: 'p', schema: 'main', identifier: 'm' },
    temp: { database: null, schema: null, identifier: 'tmp' },
    uniqueKey: 'id',
    columns: ['id', 'v', 'w'].map(name => ({ name, type: 'INTEGER' })),
    predicates: null,
    projectName: 'p',
    model: {
      config,
      contract: { enforced: false, alias_types: true },
      columns: [],
      constraints: [],
      header: null,
    },
    ...request,
  }).replaceAll(/\s+/g, ' ')

const into = 'MERGE INTO "p"."main"."m" AS DBT_INTERNAL_DEST USING "tmp" AS DBT_INTERNAL_SOURCE'
const onId = 'ON (DBT_INTERNAL_SOURCE.id = DBT_INTERNAL_DEST.id)'

describe('mergeSql', () => {
  it('updates and inserts by name', () => {
    expect(merge({})).toBe(
      `${into} ${onId} WHEN MATCHED THEN UPDATE BY NAME WHEN NOT MATCHED THEN INSERT BY NAME`,
    )
  })

  it('matches nothing without a key', () => {
    expect(merge({}, { uniqueKey: null })).toContain(`${into} ON (FALSE) WHEN`)
  })

  it('takes several keys, predicates, chosen columns and conditions', () => {
    expect(
      merge(
        {
          merge_update_columns: ['v'],
          merge_update_condition: 'DBT_INTERNAL_SOURCE.id > 5',
          merge_insert_condition: 'DBT_INTERNAL_SOURCE.id > 0',
        },
        { uniqueKey: ['id', 'v'], predicates: ['DBT_INTERNAL_DEST.id > 0'] },
      ),
    ).toBe(
      `${into} ON (DBT_INTERNAL_SOURCE.id = DBT_INTERNAL_DEST.id) AND ` +
        '(DBT_INTERNAL_SOURCE.v = DBT_INTERNAL_DEST.v) AND (DBT_INTERNAL_DEST.id > 0) ' +
        'WHEN MATCHED AND DBT_INTERNAL_SOURCE.id > 5 THEN UPDATE SET v = DBT_INTERNAL_SOURCE.v ' +
        'WHEN NOT MATCHED AND DBT_INTERNAL_SOURCE.id > 0 THEN INSERT BY NAME',
    )
  })

  it('leaves columns out, whatever their case', () => {
    expect(merge({ merge_exclude_columns: ['V'] })).toContain(
      'UPDATE SET "id" = DBT_INTERNAL_SOURCE."id", "w" = DBT_INTERNAL_SOURCE."w"',
    )
  })

  it('takes USING, expressions and RETURNING', () => {
    expect(
      merge(
        {
          merge_on_using_columns: ['id'],
          merge_update_set_expressions: { v: "DBT_INTERNAL_SOURCE.v || 'x'" },
          merge_returning_columns: ['id'],
        },
        { uniqueKey: null },
      ),
    ).toBe(
      `${into} USING (id) WHEN MATCHED THEN UPDATE SET v = DBT_INTERNAL_SOURCE.v || 'x', ` +
        '"id" = DBT_INTERNAL_SOURCE."id", "w" = DBT_INTERNAL_SOURCE."w" ' +
        'WHEN NOT MATCHED THEN INSERT BY NAME RETURNING id',
    )
  })

  it('takes clauses of its own', () => {
    expect(
      merge({
        merge_clauses: {
          when_matched: [
            {
              action: 'update',
              condition: 'DBT_INTERNAL_SOURCE.id = 1',
              mode: 'explicit',
              update: { include: ['v'], set_expressions: { w: '3' } },
            },
            { action: 'delete', condition: ['1=1', '2=2'] },
            { action: 'error', error_message: "it's wrong" },
          ],
          when_not_matched: [
            {
              action: 'insert',
              mode: 'explicit',
              insert: { columns: ['id'], values: ['DBT_INTERNAL_SOURCE.id'] },
            },
            { action: 'delete', by: 'source' },
            { action: 'do_nothing' },
          ],
        },
      }),
    ).toBe(
      `${into} ${onId} ` +
        'WHEN MATCHED AND DBT_INTERNAL_SOURCE.id = 1 THEN UPDATE SET w = 3, v = DBT_INTERNAL_SOURCE.v ' +
        'WHEN MATCHED AND (1=1) AND (2=2) THEN DELETE ' +
        "WHEN MATCHED THEN ERROR 'it''s wrong' " +
        'WHEN NOT MATCHED THEN INSERT (id) VALUES (DBT_INTERNAL_SOURCE.id) ' +
        'WHEN NOT MATCHED BY SOURCE THEN DELETE WHEN NOT MATCHED THEN DO NOTHING',
    )
  })

  it('refuses both kinds of column choice', () => {
    expect(() => merge({ merge_update_columns: ['v'], merge_exclude_columns: ['w'] })).toThrow(
      'Model cannot specify merge_update_columns and merge_exclude_columns',
    )
  })

  it('lists every mistake', () => {
    expect(() =>
      merge({
        merge_update_condition: 1,
        merge_update_columns: 'v',
        merge_exclude_columns: [1],
        merge_update_set_expressions: [],
        merge_clauses: { when_matched: [], when_not_matched: ['x'] },
      }),
    ).toThrow(
      [
        'MERGE configuration errors:',
        'merge_update_condition must be a string, found: 1',
        'merge_update_columns must be a list',
        'merge_update_set_expressions must be a dictionary, found: []',
        'merge_exclude_columns must contain only string values, found: 1',
        'merge_clauses.when_matched must contain at least one element',
        'merge_clauses.when_not_matched elements must be dictionaries, found: x',
      ].join('\n'),
    )
    expect(() => merge({ merge_clauses: {} })).toThrow('must contain at least one of')
    expect(() => merge({}, { predicates: { a: 1 } })).toThrow(
      'incremental_predicates must be a list of strings or a string',
    )
  })
})
