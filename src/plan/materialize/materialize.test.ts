import { describe, expect, it } from 'vitest'
import type { Column } from '../../core/column.ts'
import type { RelationState } from '../../core/relation.ts'
import type { Step } from '../../core/step.ts'
import { materializations, materialize } from './index.ts'
import type { MaterializeInput } from './materialization.ts'
import { testDialect } from './test-dialect.ts'

const relation = { database: 'db', schema: 's', identifier: 't' }
const live: RelationState = { ...relation, type: 'table', keys: [] }
const now = new Date('2024-01-02T03:04:05.678Z')

interface Case extends Partial<MaterializeInput> {
  readonly existing?: readonly RelationState[]
  readonly columns?: Readonly<Record<string, readonly Column[]>>
}

const steps = async (name: string, given: Case): Promise<readonly Step[]> => {
  const { existing = [], columns = {}, model, ...others } = given
  const input: MaterializeInput = {
    uniqueId: 'model.p.t',
    projectName: 'p',
    name: 't',
    description: '',
    relation,
    sql: 'select 1',
    fullRefresh: false,
    hooks: { pre: [], post: [] },
    dialect: testDialect,
    source: {
      sql: async request => testDialect.sql(request),
      snapshotStrategy: async () => undefined,
    },
    facts: {
      relation: of => existing.find(state => state.identifier === of.identifier),
      columns: async of => columns[of.identifier.replace(/\d+$/, '')] ?? [],
      describe: async sql => columns[sql] ?? [],
    },
    now,
    rebuilt: [],
    ...others,
    model: {
      config: {},
      contract: { enforced: false, alias_types: true },
      columns: [],
      constraints: [],
      header: null,
      ...model,
    },
  }
  const materialization = materializations.get(name)
  if (materialization === undefined) throw new Error(name)
  const found: Step[] = []
  for await (const step of materialize(materialization, input)) found.push(step)
  return found
}

/** The steps in short: what they are, and what they are about. */
const short = (found: readonly Step[]): readonly string[] =>
  found.map(step => {
    switch (step.kind) {
      case 'sql':
        return `${step.main === true ? 'main' : 'sql'}: ${step.sql}`
      case 'hook':
        return `hook: ${step.sql}`
      case 'swap':
        return `swap ${step.staged.identifier} -> ${step.live.identifier} (${step.type})`
      case 'drop':
        return `drop ${step.relation.type} ${step.relation.identifier}`
      case 'load':
        return `load ${step.into.identifier}${step.create ? ', created' : ''} (${step.code})`
      case 'warn':
        return `warn: ${step.message}`
      case 'lock':
        return `lock${step.ifReferenced ? ' if referenced' : ''}`
      default:
        return step.kind
    }
  })

const hook = (sql: string, transaction: boolean) => ({ sql, transaction, index: null })

describe('the order of steps', () => {
  it('puts hooks, leftovers and the transaction around a view', async () => {
    const tmp: RelationState = { ...relation, identifier: 't__dbt_tmp', type: 'view' }
    const backup: RelationState = { ...relation, identifier: 't__dbt_backup', type: 'table' }
    const found = await steps('view', {
      existing: [live, tmp, backup],
      hooks: {
        pre: [hook('in', true), hook('before', false)],
        post: [hook('after', false), hook('end', true)],
      },
    })
    expect(short(found)).toEqual([
      'hook: before',
      'drop view t__dbt_tmp',
      'drop table t__dbt_backup',
      'begin',
      'hook: in',
      'main: create_view_as t__dbt_tmp select 1',
      'swap t__dbt_tmp -> t (view)',
      'hook: end',
      'commit',
      'hook: after',
    ])
    expect(found[6]).toMatchObject({ replaces: live })
  })

  it('builds a table aside, then makes indexes and comments', async () => {
    const found = await steps('table', {
      description: 'about',
      columns: { t: [{ name: 'a', type: 'INTEGER' }] },
      model: {
        config: {
          indexes: [{ columns: ['a'] }],
          persist_docs: { relation: true, columns: true },
          grants: { select: ['x'] },
        },
        contract: { enforced: false, alias_types: true },
        columns: [
          { name: 'A', data_type: null, quote: null, description: 'x', constraints: [] },
          { name: 'A', data_type: null, quote: true, description: 'x', constraints: [] },
        ],
        constraints: [],
        header: null,
      },
    })
    expect(short(found)).toEqual([
      'begin',
      'main: create_table_as t__dbt_tmp select 1',
      'swap t__dbt_tmp -> t (table)',
      'warn: Grants for relations are not supported by DuckDB',
      'sql: get_create_index_sql t',
      'sql: alter_relation_comment t',
      'warn: In relation db.s.t: The following columns are specified in the schema but are not present in the database: A',
      'sql: alter_column_comment t',
      'commit',
    ])
  })

  it('makes a table with foreign keys in its place, one at a time', async () => {
    const keyed: RelationState = { ...live, keys: ['foreign_key'] }
    expect(short(await steps('table', { existing: [keyed] }))).toEqual([
      'lock',
      'begin',
      'drop table t',
      'main: create_table_as t select 1',
      'commit',
    ])
    const referable: RelationState = { ...live, keys: ['primary_key'] }
    expect(short(await steps('table', { existing: [referable] })).slice(0, 2)).toEqual([
      'lock if referenced',
      'begin',
    ])
  })
})

describe('incremental', () => {
  it('makes the table first', async () => {
    expect(short(await steps('incremental', {}))).toEqual([
      'begin',
      'main: create_table_as t select 1',
      'commit',
    ])
  })

  it('stages rows and brings them in', async () => {
    const columns = { t: [{ name: 'a', type: 'INTEGER' }] }
    expect(short(await steps('incremental', { existing: [live], columns }))).toEqual([
      'begin',
      'sql: create_table_as temporary t__dbt_tmp20240102030405678000 select 1',
      'main: get_incremental_default_sql t a',
      'commit',
      'drop table t__dbt_tmp20240102030405678000',
    ])
  })

  it.each([{ fullRefresh: true }, { existing: [{ ...live, type: 'view' as const }] }])(
    'swaps under a full refresh, and over a view: %j',
    async given => {
      expect(short(await steps('incremental', { existing: [live], ...given }))).toEqual([
        'begin',
        'main: create_table_as t__dbt_tmp select 1',
        'swap t__dbt_tmp -> t (table)',
        'commit',
      ])
    },
  )

  it('alters the target before it brings rows in', async () => {
    const columns = {
      t: [
        { name: 'a', type: 'INTEGER' },
        { name: 'old', type: 'INTEGER' },
      ],
      t__dbt_tmp: [
        { name: 'a', type: 'VARCHAR' },
        { name: 'new', type: 'DATE' },
      ],
    }
    const config = { on_schema_change: 'sync_all_columns', incremental_strategy: 'delete+insert' }
    const model = {
      config,
      contract: { enforced: false, alias_types: true },
      columns: [],
      constraints: [],
      header: null,
    }
    const found = short(await steps('incremental', { existing: [live], columns, model }))
    expect(found.slice(2, -2)).toEqual([
      'sql: add t new DATE',
      'sql: drop t old',
      'sql: alter t a VARCHAR',
      'main: get_incremental_delete_insert_sql t a new',
    ])
    await expect(
      steps('incremental', {
        existing: [live],
        columns,
        model: { ...model, config: { on_schema_change: 'fail' } },
      }),
    ).rejects.toThrow(
      /Source columns not in target: \[new DATE\]\n {3}Target columns not in source: \[old INTEGER\]\n {3}New column types: \[a VARCHAR\]/,
    )
  })
})

describe('seed', () => {
  const seed = { path: '/x.csv', delimiter: ',', columnTypes: {}, quoteColumns: null, empty: false }
  it('creates, refills, makes anew', async () => {
    expect(short(await steps('seed', { seed }))).toEqual([
      'begin',
      'load t, created (INSERT)',
      'commit',
    ])
    expect(short(await steps('seed', { seed, existing: [live] }))).toEqual([
      'begin',
      'sql: truncate t',
      'load t (INSERT)',
      'commit',
    ])
    expect(short(await steps('seed', { seed, existing: [live], fullRefresh: true }))).toEqual([
      'begin',
      'drop table t',
      'load t, created (CREATE)',
      'commit',
    ])
  })
})
