{{ config(materialized='incremental', incremental_strategy='merge', unique_key='event_id') }}

select
    event_id,
    session_id,
    user_id,
    event_type,
    event_timestamp,
    cast(event_timestamp as date) as event_date,
    page_url,
    device_type,
    country,
    arrival_date,
    {{ days_between('event_timestamp', 'arrival_date') }} as days_late,
    {{ processing_timestamp() }} as processing_timestamp
from {{ ref('stg_events') }}
where {{ is_new() }}
