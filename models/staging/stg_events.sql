{{ config(materialized='incremental', incremental_strategy='merge', unique_key='event_id') }}

{{ latest_versions(
    ref('stg_events__lines'),
    key='event_id',
    columns=[
        'event_id', 'session_id', 'user_id', 'event_type', 'event_timestamp',
        'page_url', 'device_type', 'country'
    ]
) }}
