{{ config(materialized='incremental', incremental_strategy='append') }}

with split as (
    select
        {{ csv_values('line') }} as fields,
        line,
        line_hash,
        file_name,
        arrival_date
    from {{ ref('bronze_content_items') }}
    where {{ is_new() }}
),

typed as (
    select
        {{ array_size('fields') }} = 4 as is_readable,
        {{ csv_text('fields', 1) }} as content_id,
        {{ csv_text('fields', 2) }} as user_id,
        {{ csv_text('fields', 3) }} as content_type,
        {{ try_timestamp(csv_text('fields', 4)) }} as created_at,
        line,
        line_hash,
        file_name,
        arrival_date
    from split
),

judged as (
    select
        typed.*,
        case
            when not is_readable then 'unreadable'
            when content_id is null then 'missing_id'
            when user_id is null then 'missing_key'
            when content_types.content_type is null then 'unknown_content_type'
            when created_at is null then 'impossible_date'
            when created_at >= {{ days_later('arrival_date', 1) }} then 'from_the_future'
        end as quarantine_reason
    from typed
    left join {{ ref('content_types') }} as content_types on content_types.content_type = typed.content_type
)

select
    content_id,
    user_id,
    content_type,
    created_at,
    quarantine_reason,
    case when quarantine_reason is not null then line end as raw_text,
    line_hash,
    file_name,
    arrival_date,
    {{ processing_timestamp() }} as processing_timestamp
from judged
