/** Sets a mark that the tests look for: any script that gets to run has won. */
const ATTACK = 'window.hacked=true'

/** Texts that have broken documentation sites: each would run if it were taken as HTML. */
const HOSTILE = [
  `<script>${ATTACK}</script>`,
  `<img src=x onerror="${ATTACK}">`,
  `</script><script>${ATTACK}</script>`,
  `<svg onload="${ATTACK}"></svg>`,
  `<iframe srcdoc="<script>parent.${ATTACK}</script>"></iframe>`,
  `[link](javascript:${ATTACK})`,
  `[link](JaVaScRiPt&colon;${ATTACK})`,
  `[link](java\tscript:${ATTACK})`,
  `[link](data:text/html,<script>${ATTACK}</script>)`,
  `![pixel](https://tracker.example/pixel.png)`,
  `<style>body{display:none}</style>`,
  `<a href="#" onclick="${ATTACK}">click</a>`,
  `'"><b id=injected>`,
].join('\n\n')

const NAME = `x"><img src=x onerror=${ATTACK}>`

interface Entry {
  readonly [key: string]: unknown
}

const column = (name: string, description = '', more: Entry = {}): Entry => ({
  name,
  description,
  data_type: null,
  tags: [],
  meta: {},
  constraints: [],
  ...more,
})

const byName = (columns: readonly Entry[]): Entry =>
  Object.fromEntries(columns.map(one => [String(one.name), one]))

interface ModelOptions extends Entry {
  readonly name: string
  readonly folder: string
  readonly parents?: readonly string[]
}

const model = ({ name, folder, parents = [], ...more }: ModelOptions): Entry => {
  const version = more.version === undefined ? '' : `_v${more.version}`
  return {
    resource_type: 'model',
    package_name: 'shop',
    database: 'shop',
    schema: 'main',
    alias: `${name}${version}`,
    name,
    fqn: ['shop', folder, name],
    original_file_path: `models/${folder}/${name}${version}.sql`,
    relation_name: `"shop"."main"."${name}${version}"`,
    description: '',
    columns: {},
    tags: [],
    meta: {},
    docs: { show: true, node_color: null },
    raw_code: 'select 1',
    compiled_code: 'select 1',
    depends_on: { nodes: parents, macros: [] },
    config: { materialized: 'table', contract: { enforced: false } },
    ...more,
  }
}

const test = (name: string, on: string, columnName: string, kwargs: Entry = {}): Entry => ({
  resource_type: 'test',
  package_name: 'shop',
  name: `${name}_${on.split('.').at(-1)}_${columnName}`,
  original_file_path: 'models/schema.yml',
  attached_node: on,
  column_name: columnName,
  test_metadata: { name, kwargs: { column_name: columnName, ...kwargs }, namespace: null },
  depends_on: { nodes: [on], macros: [] },
  config: { severity: name === 'accepted_values' ? 'WARN' : 'ERROR', materialized: 'test' },
  raw_code: `{{ test_${name}() }}`,
  compiled_code: `select * from broken where ${columnName} is null`,
})

const RAW_CODE = `{{ config(materialized='incremental') }}
-- every order, with its customer
select o.order_id, c.name as customer_name
from {{ ref('stg_orders') }} as o
left join {{ ref('dim_customers', v=2) }} as c using (customer_id)
where amount > 10.5
`

const COMPILED_CODE = `-- every order, with its customer
select o.order_id, c.name as customer_name
from "shop"."main"."stg_orders" as o
left join "shop"."main"."dim_customers_v2" as c using (customer_id)
where amount > 10.5
`

const nodes = (): Entry => ({
  'model.shop.stg_orders': model({
    name: 'stg_orders',
    folder: 'staging',
    parents: ['source.shop.raw.orders'],
    tags: ['daily'],
    docs: { show: true, node_color: '#cd7f32' },
    config: { materialized: 'view' },
  }),
  'model.shop.stg_customers': model({
    name: 'stg_customers',
    folder: 'staging',
    parents: ['source.shop.raw.customers'],
    docs: { show: true, node_color: 'red; background: url(https://tracker.example/a)' },
  }),
  'model.shop.dim_customers.v1': model({
    name: 'dim_customers',
    folder: 'marts',
    version: 1,
    latest_version: 2,
    parents: ['model.shop.stg_customers'],
    deprecation_date: '2027-01-01T00:00:00+00:00',
  }),
  'model.shop.dim_customers.v2': model({
    name: 'dim_customers',
    folder: 'marts',
    version: 2,
    latest_version: 2,
    parents: ['model.shop.stg_customers'],
    contract: { enforced: true },
    columns: byName([
      column('customer_id', '', {
        data_type: 'integer',
        constraints: [{ type: 'not_null', to_columns: [] }],
      }),
    ]),
  }),
  'model.shop.fct_orders': model({
    name: 'fct_orders',
    folder: 'marts',
    parents: ['model.shop.stg_orders', 'model.shop.dim_customers.v2'],
    description: 'One row an **order**. See [customers](#!/model/model.shop.dim_customers.v2).',
    group: 'finance',
    access: 'public',
    tags: ['daily', 'core'],
    meta: { owner: '@ann', pii: false },
    columns: byName([
      column('order_id', 'The *key*'),
      column('status', '', { tags: ['enum'] }),
      column('forgotten', 'No longer built'),
    ]),
    raw_code: RAW_CODE,
    compiled_code: COMPILED_CODE,
    config: { materialized: 'incremental', unique_key: 'order_id' },
  }),
  'model.shop.helper': model({
    name: 'helper',
    folder: 'marts',
    parents: ['model.shop.fct_orders'],
    docs: { show: false, node_color: null },
  }),
  'model.shop.hostile': model({
    name: NAME,
    folder: `marts/${NAME}`,
    parents: ['model.shop.fct_orders', 'model.gone.missing'],
    description: HOSTILE,
    tags: [NAME],
    meta: { [NAME]: HOSTILE, __proto__: 1 },
    group: NAME,
    alias: NAME,
    columns: byName([column(NAME, HOSTILE, { data_type: NAME, tags: [NAME], meta: { k: NAME } })]),
    raw_code: `${HOSTILE} {{ ref('${NAME}') }}`,
    compiled_code: HOSTILE,
  }),
  'seed.shop.countries': {
    ...model({ name: 'countries', folder: 'x' }),
    resource_type: 'seed',
    original_file_path: 'seeds/countries.csv',
    raw_code: '',
    compiled_code: '',
    config: { materialized: 'seed' },
  },
  'snapshot.shop.customers_history': {
    ...model({ name: 'customers_history', folder: 'x', parents: ['model.shop.stg_customers'] }),
    resource_type: 'snapshot',
    original_file_path: 'snapshots/history.yml',
    config: { materialized: 'snapshot', strategy: 'timestamp', updated_at: 'updated_at' },
  },
  'test.shop.unique_order.1': test('unique', 'model.shop.fct_orders', 'order_id'),
  'test.shop.not_null_order.2': test('not_null', 'model.shop.fct_orders', 'order_id'),
  'test.shop.accepted.3': test('accepted_values', 'model.shop.fct_orders', 'status', {
    values: ['placed', 'shipped'],
  }),
  'test.shop.relationship.4': test('relationships', 'model.shop.fct_orders', 'status', {
    to: "ref('countries')",
    field: 'code',
  }),
  'test.shop.no_negative': {
    ...test('x', 'model.shop.fct_orders', ''),
    name: 'no_negative_amounts',
    attached_node: null,
    column_name: null,
    test_metadata: undefined,
    original_file_path: 'tests/no_negative_amounts.sql',
    description: 'An amount is never negative',
  },
})

const source = (name: string): Entry => ({
  ...model({ name, folder: 'x' }),
  resource_type: 'source',
  source_name: 'raw',
  source_description: 'What the till writes',
  loader: 'till',
  identifier: `raw_${name}`,
  original_file_path: 'models/sources.yml',
  freshness: { warn_after: { count: 12, period: 'hour' }, error_after: {} },
  raw_code: '',
  compiled_code: '',
  config: {},
})

const exposure = (name: string, label: string, url: string, parents: readonly string[]): Entry => ({
  resource_type: 'exposure',
  package_name: 'shop',
  name,
  label,
  url,
  type: 'dashboard',
  maturity: 'high',
  owner: { name: 'Ann', email: 'ann@shop.example' },
  description: 'What the board reads',
  original_file_path: 'models/exposures.yml',
  depends_on: { nodes: parents, macros: [] },
})

const macro = (packageName: string, name: string): Entry => ({
  resource_type: 'macro',
  package_name: packageName,
  name,
  original_file_path: `macros/${name}.sql`,
  macro_sql: `{% macro ${name}(column) %}{{ column }}{% endmacro %}`,
  description: 'Cents to euro',
  arguments: [{ name: 'column', type: 'string', description: 'the column' }],
  depends_on: { macros: [] },
})

/** A small manifest (v12) with everything the site shows, and with hostile texts in every place. */
export const sampleManifest = (): Entry => ({
  metadata: {
    dbt_schema_version: 'https://schemas.getdbt.com/dbt/manifest/v12.json',
    generated_at: '2026-03-04T05:06:07Z',
    project_name: 'shop',
    adapter_type: 'duckdb',
  },
  nodes: nodes(),
  sources: {
    'source.shop.raw.orders': source('orders'),
    'source.shop.raw.customers': source('customers'),
  },
  exposures: {
    'exposure.shop.weekly': exposure('weekly', 'Weekly report', 'https://bi.example/weekly', [
      'model.shop.fct_orders',
    ]),
    'exposure.shop.evil': exposure('evil', NAME, `javascript:${ATTACK}`, ['model.shop.hostile']),
  },
  macros: {
    'macro.shop.cents': macro('shop', 'cents'),
    'macro.dbt.run_query': macro('dbt', 'run_query'),
  },
  groups: {
    'group.shop.finance': {
      name: 'finance',
      owner: { name: 'Finance', email: ['fin@shop.example'] },
    },
  },
  unit_tests: {
    'unit_test.shop.fct_orders.kept': {
      resource_type: 'unit_test',
      package_name: 'shop',
      name: 'amounts_are_kept',
      original_file_path: 'models/schema.yml',
      description: '',
      given: [{ input: "ref('stg_orders')", rows: [{ order_id: 1, amount: 3 }], format: 'dict' }],
      expect: { rows: [{ order_id: 1 }], format: 'dict' },
      depends_on: { nodes: ['model.shop.fct_orders'], macros: [] },
    },
  },
  docs: {
    'doc.shop.__overview__': {
      name: '__overview__',
      package_name: 'shop',
      block_contents: `# The shop\n\nStart at [orders](#!/model/model.shop.fct_orders).\n\n${HOSTILE}`,
    },
    'doc.dbt.__overview__': {
      name: '__overview__',
      package_name: 'dbt',
      block_contents: 'Built in',
    },
  },
  metrics: {},
  saved_queries: {},
  semantic_models: {},
  functions: {},
})

const stored = (name: string, columns: readonly (readonly [string, string])[]): Entry => ({
  metadata: {
    type: 'BASE TABLE',
    database: 'shop',
    schema: 'main',
    name,
    owner: null,
    comment: null,
  },
  columns: Object.fromEntries(
    columns.map(([key, type], at) => [key, { name: key, type, index: at + 1, comment: null }]),
  ),
  stats: {},
})

/** The catalog (v1) to it. */
export const sampleCatalog = (): Entry => ({
  metadata: {},
  nodes: {
    'model.shop.fct_orders': stored('fct_orders', [
      ['STATUS', 'VARCHAR'],
      ['order_id', 'BIGINT'],
      ['customer_name', 'VARCHAR'],
    ]),
  },
  sources: { 'source.shop.raw.orders': stored('raw_orders', [['id', 'INTEGER']]) },
  errors: null,
})
