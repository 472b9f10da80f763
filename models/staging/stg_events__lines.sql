{{ config(materialized='incremental', incremental_strategy='append') }}

with documents as (
    select
        case when {{ is_json('line') }} then line end as document,
        line,
        line_hash,
        file_name,
        arrival_date
    from {{ ref('bronze_events') }}
    where {{ is_new() }}
),

typed as (
    select
        document is not null as is_readable,
        nullif({{ json_text('document', 'event_id') }}, '') as event_id,
        nullif({{ json_text('document', 'session_id') }}, '') as session_id,
        nullif({{ json_text('document', 'user_id') }}, '') as user_id,
        nullif({{ json_text('document', 'event_type') }}, '') as event_type,
        {{ try_timestamp(json_text('document', 'event_timestamp')) }} as event_timestamp,
        {{ json_text('document', 'event_details.page_url') }} as page_url,
        {{ json_text('document', 'event_details.device_type') }} as device_type,
        {{ json_text('document', 'event_details.ip_country') }} as country,
        line,
        line_hash,
        file_name,
        arrival_date
    from documents
),

judged as (
    select
        typed.*,
        case
            when not is_readable then 'unreadable'
            when event_id is null then 'missing_id'
            when session_id is null or user_id is null then 'missing_key'
            when event_types.event_type is null then 'unknown_event_type'
            when event_timestamp is null then 'impossible_date'
            when event_timestamp >= {{ days_later('arrival_date', 1) }} then 'from_the_future'
        end as quarantine_reason
    from typed
    left join {{ ref('event_types') }} as event_types on event_types.event_type = typed.event_type
)

select
    event_id,
    session_id,
    user_id,
    event_type,
    event_timestamp,
    page_url,
    device_type,
    country,
    quarantine_reason,
    case when quarantine_reason is not null then line end as raw_text,
    line_hash,
    file_name,
    arrival_date,
    {{ processing_timestamp() }} as processing_timestamp
from judged
