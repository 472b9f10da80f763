{{ config(materialized='incremental', incremental_strategy='merge', unique_key='user_id') }}

{{ latest_versions(
    ref('stg_users__lines'),
    key='user_id',
    columns=['user_id', 'signup_date', 'device_type', 'country', 'updated_at'],
    newest_first='updated_at desc'
) }}
