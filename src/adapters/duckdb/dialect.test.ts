import { describe, expect, it } from 'vitest'
import type { Constraint } from '../../core/manifest.ts'
import type { Relation } from '../../core/relation.ts'
import type { SqlRequest, TableColumn, TableConfig } from '../../core/sql-request.ts'
import { dialect } from './dialect.ts'

const relation: Relation = { database: 'db', schema: 's', identifier: 't' }
const temp: Relation = { database: null, schema: null, identifier: 't__dbt_tmp1' }

const plain: TableConfig = {
  config: {},
  contract: { enforced: false, alias_types: true },
  columns: [],
  constraints: [],
  header: null,
}

const constraint = (given: Partial<Constraint>): Constraint => ({
  type: 'check',
  name: null,
  expression: null,
  warn_unenforced: true,
  warn_unsupported: true,
  to: null,
  to_columns: [],
  ...given,
})

const column = (
  name: string,
  data_type: string,
  constraints: readonly Partial<Constraint>[] = [],
): TableColumn => ({
  name,
  data_type,
  quote: null,
  description: '',
  constraints: constraints.map(constraint),
})

/** The text without what dbt's comparison leaves out: runs of white space, and any around brackets and commas. */
const sql = (request: SqlRequest): string =>
  dialect
    .sql(request)
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ ?([(),]) ?/g, '$1')
    .trim()

describe('names and literals', () => {
  it('quotes all parts that there are', () => {
    expect(dialect.render(relation)).toBe('"db"."s"."t"')
    expect(dialect.render(temp)).toBe('"t__dbt_tmp1"')
    expect(dialect.render({ ...relation, identifier: 'a"b' })).toBe('"db"."s"."a""b"')
    expect(dialect.render(relation, { database: false, schema: true, identifier: false })).toBe(
      'db."s".t',
    )
  })

  it('escapes text', () => {
    expect([null, true, 12n, 1.5, "it's"].map(dialect.literal)).toEqual([
      'null',
      'true',
      '12',
      '1.5',
      "'it''s'",
    ])
  })

  it("spells types as dbt's columns do", () => {
    expect(['VARCHAR', 'DECIMAL(10,2)', 'INTEGER'].map(dialect.columnDataType)).toEqual([
      'character varying(256)',
      'DECIMAL(10,2)',
      'INTEGER',
    ])
    expect(dialect.translateType('string')).toBe('TEXT')
  })

  it('appends a limit', () => {
    expect(dialect.limit('select 1 limit 1', 5)).toBe('select 1 limit 1\n  limit 5')
    expect(dialect.limit('select 1', null)).toBe('select 1')
  })
})

describe('tables and views', () => {
  it('creates a view', () => {
    const model = { ...plain, header: 'set x = 1;' }
    expect(sql({ macro: 'create_view_as', relation, sql: 'select 1', model })).toBe(
      'set x = 1; create view "db"."s"."t" as(select 1);',
    )
  })

  it('creates a table, and a temporary one without a schema', () => {
    const request = { macro: 'create_table_as', relation, sql: 'select 1', model: plain } as const
    expect(sql({ ...request, temporary: false })).toBe('create table "db"."s"."t" as(select 1);')
    expect(sql({ ...request, temporary: true, relation: temp })).toBe(
      'create temporary table "t__dbt_tmp1" as(select 1);',
    )
  })

  it('creates the columns and constraints of a contract before it inserts', () => {
    const model: TableConfig = {
      ...plain,
      contract: { enforced: true, alias_types: true },
      columns: [
        column('id', 'integer', [
          { type: 'not_null' },
          { type: 'primary_key' },
          { type: 'check', expression: '(id > 0)' },
          { type: 'unique' },
        ]),
        { ...column('from', 'string', [{ type: 'custom', expression: 'default 1' }]), quote: true },
        column('parent', 'integer', [
          { type: 'foreign_key', to: '"db"."s"."p"', to_columns: ['id'] },
        ]),
      ],
      constraints: [
        constraint({ type: 'check', expression: 'id > 1', name: 'positive' }),
        constraint({ type: 'unique', columns: ['id', 'parent'] }),
        constraint({ type: 'foreign_key', columns: ['id'], to: 's.q', to_columns: ['a', 'b'] }),
        constraint({ type: 'foreign_key', columns: ['id'], expression: 's.r (a)' }),
      ],
    }
    expect(
      sql({ macro: 'create_table_as', temporary: false, relation, sql: 'select 1', model }),
    ).toBe(
      'create table "db"."s"."t"(' +
        'id integer not null primary key check((id > 0))unique,' +
        '"from" TEXT default 1,' +
        'parent integer references "s"."p"(id),' +
        'constraint positive check(id > 1),unique(id,parent),' +
        'foreign key(id)references s.q(a,b),foreign key(id)references s.r(a)); ' +
        'insert into "db"."s"."t"(id,"from",parent)(' +
        'select id,"from",parent from(select 1)as model_subq);',
    )
  })

  it('comments with any text', () => {
    const view = { ...relation, type: 'view' } as const
    expect(sql({ macro: 'alter_relation_comment', relation: view, comment: "it's" })).toBe(
      `comment on view "db"."s"."t" is $dbt_comment_literal_block$it's$dbt_comment_literal_block$;`,
    )
    const columns = [
      { ...column('a', 'x'), description: 'A' },
      { ...column('B', 'x'), description: 'b', quote: true },
    ]
    expect(sql({ macro: 'alter_column_comment', relation: view, columns })).toBe(
      'comment on column "db"."s"."t".a is $dbt_comment_literal_block$A$dbt_comment_literal_block$; ' +
        'comment on column "db"."s"."t"."B" is $dbt_comment_literal_block$b$dbt_comment_literal_block$;',
    )
    expect(() =>
      sql({
        macro: 'alter_relation_comment',
        relation: view,
        comment: 'x $dbt_comment_literal_block$ y',
      }),
    ).toThrow('is not allowed in comments')
  })

  it('names an index after the clock', () => {
    const request = { macro: 'get_create_index_sql', relation } as const
    const index = { columns: ['a', 'b'], unique: true }
    const first = sql({ ...request, index, now: new Date(0) })
    expect(first).toMatch(/^create unique index "[0-9a-f]{32}" on "db"."s"."t"\(a,b\);$/)
    expect(sql({ ...request, index, now: new Date(1) })).not.toBe(first)
    for (const wrong of [{}, { columns: 'a' }, { columns: ['a'], type: 'hash' }, null])
      expect(() => sql({ ...request, index: wrong, now: new Date(0) })).toThrow(
        'Could not parse the index config',
      )
  })
})

describe('incremental strategies', () => {
  const request = {
    target: relation,
    temp,
    uniqueKey: 'id',
    columns: [
      { name: 'id', type: 'INTEGER' },
      { name: 'v', type: 'VARCHAR' },
    ],
    predicates: null,
    model: plain,
    projectName: 'p',
  } as const
  const insert = 'insert into "db"."s"."t"("id","v")(select "id","v" from "t__dbt_tmp1")'

  it('appends', () => {
    expect(sql({ ...request, macro: 'get_incremental_append_sql' })).toBe(insert)
  })

  it('deletes and inserts, which is the default', () => {
    const macro = 'get_incremental_default_sql'
    expect(sql({ ...request, macro })).toBe(
      `delete from "db"."s"."t" where(id)in(select(id)from "t__dbt_tmp1"); ${insert}`,
    )
    expect(sql({ ...request, macro, uniqueKey: null })).toBe(insert)
    expect(
      sql({
        ...request,
        macro: 'get_incremental_delete_insert_sql',
        uniqueKey: ['id', 'v'],
        predicates: ['id > 0', 'id < 9'],
      }),
    ).toBe(
      'delete from "db"."s"."t" as DBT_INCREMENTAL_TARGET using "t__dbt_tmp1" where(' +
        '"t__dbt_tmp1".id = DBT_INCREMENTAL_TARGET.id and "t__dbt_tmp1".v = DBT_INCREMENTAL_TARGET.v ' +
        `and id > 0 and id < 9); ${insert}`,
    )
  })

  it('knows no other', () => {
    expect(() => sql({ ...request, macro: 'get_incremental_other_sql' })).toThrow(
      'dbt could not find an incremental strategy macro with the name "get_incremental_other_sql" in p',
    )
  })
})

describe('snapshots', () => {
  const columns = {
    dbt_valid_to: 'vt',
    dbt_valid_from: 'vf',
    dbt_scd_id: 'id_',
    dbt_updated_at: 'u_',
    dbt_is_deleted: 'd_',
  }
  const strategy = {
    uniqueKey: 'k',
    updatedAt: 'at',
    rowChanged: '(changed)',
    scdId: 'md5(x)',
    hardDeletes: 'ignore',
  } as const

  it('hashes', () => {
    expect(sql({ macro: 'snapshot_hash_arguments', args: ['a', 'b'] })).toBe(
      "md5(coalesce(cast(a as varchar),'')|| '|' || coalesce(cast(b as varchar),''))",
    )
  })

  it('begins with all rows as current', () => {
    const request = { macro: 'build_snapshot_table', strategy, sql: 'select 1', columns } as const
    expect(sql({ ...request, validToCurrent: null })).toBe(
      'select *,md5(x)as id_,at as u_,at as vf,coalesce(nullif(at,at),null)as vt from(select 1)sbq',
    )
    expect(
      sql({
        ...request,
        strategy: { ...strategy, hardDeletes: 'new_record' },
        validToCurrent: "date '9999-12-31'",
      }),
    ).toBe(
      "select *,md5(x)as id_,at as u_,at as vf,coalesce(nullif(at,at),date '9999-12-31')as vt," +
        "'False' as d_ from(select 1)sbq",
    )
  })

  it('closes versions and inserts new ones', () => {
    expect(
      sql({
        macro: 'snapshot_merge_sql',
        target: relation,
        source: temp,
        insertColumns: ['"k"', '"vt"'],
        columns,
        validToCurrent: null,
      }),
    ).toBe(
      'update "db"."s"."t" as DBT_INTERNAL_TARGET set vt = DBT_INTERNAL_SOURCE.vt ' +
        'from "t__dbt_tmp1" as DBT_INTERNAL_SOURCE ' +
        'where DBT_INTERNAL_SOURCE.id_::text = DBT_INTERNAL_TARGET.id_::text ' +
        "and DBT_INTERNAL_SOURCE.dbt_change_type::text in('update'::text,'delete'::text)" +
        'and DBT_INTERNAL_TARGET.vt is null; ' +
        'insert into "db"."s"."t"("k","vt")select DBT_INTERNAL_SOURCE."k",DBT_INTERNAL_SOURCE."vt" ' +
        'from "t__dbt_tmp1" as DBT_INTERNAL_SOURCE ' +
        "where DBT_INTERNAL_SOURCE.dbt_change_type::text = 'insert'::text;",
    )
  })
})

describe('tests', () => {
  it('counts failing rows against the conditions', () => {
    expect(
      sql({
        macro: 'get_test_sql',
        sql: 'select 1',
        failCalc: 'count(*)',
        warnIf: '!= 0',
        errorIf: '> 5',
      }),
    ).toBe(
      'select count(*)as failures,count(*)!= 0 as should_warn,count(*)> 5 as should_error ' +
        'from(select 1)dbt_internal_test',
    )
  })

  it('puts actual and expected rows together', () => {
    const request = {
      macro: 'get_unit_test_sql',
      sql: 'select 1 as a',
      expectedSql: 'select 2 as a',
      columns: ['"a"'],
    } as const
    expect(sql(request).replaceAll(/-- \w+ \w+ \w+( \w+ \w+)? /g, '')).toContain(
      `with dbt_internal_unit_test_actual as(select "a",'actual' as "actual_or_expected" from(select 1 as a)`,
    )
  })
})
