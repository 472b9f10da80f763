import { describe, expect, it } from 'vitest'
import { readProject } from './project.ts'
import { search, searchIndex } from './search.ts'

const entry = (name: string, more: object = {}) => [
  `model.p.${name}`,
  { resource_type: 'model', name, package_name: 'p', ...more },
]

const index = searchIndex(
  readProject(
    {
      nodes: Object.fromEntries([
        entry('orders'),
        entry('orders_daily'),
        entry('fct_orders'),
        entry('fct_reorders'),
        entry('dim_customers', { columns: { order_count: { name: 'order_count' } } }),
        entry('rpt_mail', { description: 'counts the orders of a day' }),
        entry('int_x', { raw_code: "select * from {{ ref('orders') }}", tags: ['nightly'] }),
        entry('stock'),
        entry('user_session_analysis'),
        entry('mart_v1', { name: 'mart', version: 1, latest_version: 2 }),
        entry('mart_v2', { name: 'mart', version: 2, latest_version: 2 }),
        entry('secret_orders', { docs: { show: false } }),
      ]),
    },
    undefined,
  ),
)

const names = (query: string): readonly string[] =>
  search(index, query, 10).map(hit => hit.resource.name)

describe('search', () => {
  it('ranks the name itself, its beginning, its words, its parts, then prose and code', () => {
    expect(names('orders')).toEqual([
      'orders',
      'orders_daily',
      'fct_orders',
      'fct_reorders',
      'rpt_mail',
      'int_x',
    ])
  })

  it('finds columns and tags, and says so', () => {
    expect(search(index, 'order_count', 10)[0]).toMatchObject({
      resource: { name: 'dim_customers' },
      place: 'column',
      matched: 'order_count',
    })
    expect(search(index, 'nightly', 10)[0]).toMatchObject({ place: 'tag' })
  })

  it('finds parts of names and of columns, and ignores punctuation', () => {
    expect(names('session_ana')).toEqual(['user_session_analysis'])
    expect(names('_count')[0]).toBe('dim_customers')
    expect(names("ref('orders')")[0]).toBe('int_x')
    expect(names('{{ }}')).toEqual([])
  })

  it('forgives typing errors, swaps and initials', () => {
    expect(names('custmers')[0]).toBe('dim_customers')
    expect(names('cusotmers')[0]).toBe('dim_customers')
    expect(names('dimcus')[0]).toBe('dim_customers')
    expect(names('stcok')).toEqual(['stock'])
    expect(names('fctord')[0]).toBe('fct_orders')
    expect(names('usa')).toEqual(['user_session_analysis'])
    expect(names('xyzxyz')).toEqual([])
  })

  it('puts the latest version first', () => {
    expect(search(index, 'mart', 10).map(hit => hit.resource.label)).toEqual(['mart v2', 'mart v1'])
  })

  it('needs every word, in any order', () => {
    expect(names('daily orders')).toEqual(['orders_daily'])
    expect(names('orders nothing')).toEqual([])
    expect(names('   ')).toEqual([])
  })
})
