{{ config(
    materialized='incremental',
    incremental_strategy='merge',
    unique_key=['session_id', 'user_id'],
    pre_hook="{{ forget_moved_sessions(ref('stg_events'), ref('stg_events__lines')) }}"
) }}

with touched as (
    {{ touched_sessions(ref('stg_events__lines'), 'event_id') }}
),

events as (
    select
        session_id,
        user_id,
        event_type,
        event_timestamp,
        row(event_timestamp, event_id) as event_order,
        event_id,
        device_type,
        country
    from {{ ref('stg_events') }}
    {% if is_incremental() -%}
    where session_id in (select session_id from touched)
    {%- endif %}
)

select
    session_id,
    user_id,
    min(event_timestamp) as session_start_time,
    max(event_timestamp) as session_end_time,
    count(*) as total_events,
    array_agg(event_type order by event_timestamp, event_id) as event_types,
    min_by(event_type, event_order) as first_event_type,
    max_by(event_type, event_order) as last_event_type,
    min_by(device_type, event_order) filter (where device_type is not null) as device_type,
    min_by(country, event_order) filter (where country is not null) as country,
    {{ processing_timestamp() }} as processing_timestamp
from events
group by session_id, user_id
