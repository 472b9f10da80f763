{{ config(
    materialized='incremental',
    incremental_strategy='merge',
    unique_key=['session_id', 'user_id'],
    pre_hook="{{ forget_moved_sessions(ref('stg_events'), ref('stg_events__lines')) }}"
) }}

with touched as (
    {{ touched_sessions(ref('stg_events__lines'), 'event_id') }}
),

numbered as (
    select
        session_id,
        user_id,
        event_type,
        event_timestamp,
        device_type,
        country,
        row_number() over (
            partition by session_id, user_id
            order by event_timestamp, event_id
        ) as position
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
    {{ array_in_order('event_type', 'position') }} as event_types,
    min_by(event_type, position) as first_event_type,
    max_by(event_type, position) as last_event_type,
    min_by(device_type, position) filter (where device_type is not null) as device_type,
    min_by(country, position) filter (where country is not null) as country,
    {{ processing_timestamp() }} as processing_timestamp
from numbered
group by session_id, user_id
