import type { Json, JsonObject } from '../core/json.ts'
import type { ConfigSection } from './project-config.ts'

const common: JsonObject = {
  enabled: true,
  alias: null,
  schema: null,
  database: null,
  tags: [],
  meta: {},
  group: null,
  static_analysis: null,
}

const node: JsonObject = {
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

const bySection: Readonly<Partial<Record<ConfigSection, JsonObject>>> = {
  models: {
    ...node,
    access: 'protected',
    freshness: null,
    on_error: null,
    latest_version_pointer: { enabled: null, alias: null },
  },
  seeds: { ...node, materialized: 'seed', delimiter: ',', quote_columns: null },
  snapshots: {
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
  data_tests: {
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
  sources: {
    enabled: true,
    event_time: null,
    freshness: {
      warn_after: { count: null, period: null },
      error_after: { count: null, period: null },
      filter: null,
    },
    loaded_at_field: null,
    loaded_at_query: null,
    meta: {},
    tags: [],
    static_analysis: null,
  },
  exposures: { enabled: true, tags: [], meta: {} },
  unit_tests: { tags: [], meta: {}, enabled: true, static_analysis: null },
}

/**
 * Every configuration key that a kind of node has, with its default, in the order of dbt's
 * manifest. Analyses and run hooks have the keys that models, seeds and snapshots share.
 */
export const configDefaults = (section: ConfigSection): Readonly<Record<string, Json>> =>
  (bySection[section] ?? node) as Readonly<Record<string, Json>>

/** Keys that mean a configuration in any section. */
export const knownConfigKeys: ReadonlySet<string> = new Set(
  [node, ...Object.values(bySection)].flatMap(defaults => Object.keys(defaults)),
)
