import type { Json } from '../core/json.ts'

/** Every key that a node's configuration has, in dbt's order, with its value when nothing sets it. */
type Defaults = Readonly<Record<string, Json>>

const common: Defaults = {
  enabled: true,
  alias: null,
  schema: null,
  database: null,
  tags: [],
  meta: {},
  group: null,
  static_analysis: null,
}

const node: Defaults = {
  ...common,
  materialized: 'view',
  incremental_strategy: null,
  batch_size: null,
  lookback: 1,
  begin: null,
  persist_docs: {},
  'post-hook': [],
  'pre-hook': [],
  quoting: {},
  column_types: {},
  full_refresh: null,
  unique_key: null,
  on_schema_change: 'ignore',
  on_configuration_change: 'apply',
  grants: {},
  packages: [],
  docs: { show: true, node_color: null },
  contract: { enforced: false, alias_types: true },
  event_time: null,
  concurrent_batches: null,
}

const unsetThreshold: Json = {
  warn_after: { count: null, period: null },
  error_after: { count: null, period: null },
  filter: null,
}

export const configDefaults = {
  model: {
    ...node,
    access: 'protected',
    freshness: null,
    on_error: null,
    latest_version_pointer: { enabled: null, alias: null },
  },
  analysis: node,
  operation: node,
  sql_operation: node,
  seed: { ...node, materialized: 'seed', delimiter: ',', quote_columns: null },
  snapshot: {
    ...node,
    materialized: 'snapshot',
    strategy: null,
    target_schema: null,
    target_database: null,
    updated_at: null,
    check_cols: null,
    snapshot_meta_column_names: {
      dbt_valid_to: null,
      dbt_valid_from: null,
      dbt_scd_id: null,
      dbt_updated_at: null,
      dbt_is_deleted: null,
    },
    dbt_valid_to_current: null,
  },
  test: {
    ...common,
    schema: 'dbt_test__audit',
    materialized: 'test',
    severity: 'ERROR',
    store_failures: null,
    store_failures_as: null,
    sql_header: null,
    where: null,
    limit: null,
    fail_calc: 'count(*)',
    warn_if: '!= 0',
    error_if: '!= 0',
  },
  source: {
    enabled: true,
    event_time: null,
    freshness: unsetThreshold,
    loaded_at_field: null,
    loaded_at_query: null,
    meta: {},
    tags: [],
    static_analysis: null,
  },
  exposure: { enabled: true, tags: [], meta: {} },
  unit_test: { tags: [], meta: {}, enabled: true, static_analysis: null },
} as const satisfies Readonly<Record<string, Defaults>>

export type ConfiguredResource = keyof typeof configDefaults
