{{ config(materialized='incremental', incremental_strategy='merge', unique_key='lsn') }}

{{ latest_versions(
    ref('stg_subscription_changes__lines'),
    key='lsn',
    columns=[
        'lsn', 'op', 'committed_at', 'subscription_id', 'user_id',
        'plan', 'status', 'monthly_price', 'started_at', 'ends_at'
    ]
) }}
