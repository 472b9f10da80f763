/** Keys that mean a configuration, whatever kind of node it is for. */
export const knownConfigKeys: ReadonlySet<string> = new Set(
  (
    'enabled alias schema database tags meta group static_analysis materialized ' +
    'incremental_strategy batch_size lookback begin persist_docs post-hook pre-hook quoting ' +
    'column_types full_refresh unique_key on_schema_change on_configuration_change grants ' +
    'packages docs contract event_time concurrent_batches access freshness on_error ' +
    'latest_version_pointer delimiter quote_columns strategy target_schema target_database ' +
    'updated_at check_cols snapshot_meta_column_names dbt_valid_to_current severity ' +
    'store_failures store_failures_as sql_header where limit fail_calc warn_if error_if ' +
    'loaded_at_field loaded_at_query'
  ).split(' '),
)
