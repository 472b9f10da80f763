{{ config(materialized='incremental', incremental_strategy='append') }}

with split as (
    select
        {{ csv_values('line') }} as fields,
        line,
        line_hash,
        file_name,
        arrival_date
    from {{ ref('bronze_campaign_touches') }}
    where {{ is_new() }}
),

typed as (
    select
        {{ array_size('fields') }} = 8 as is_readable,
        {{ csv_text('fields', 1) }} as touch_id,
        {{ csv_text('fields', 2) }} as campaign_id,
        {{ csv_text('fields', 3) }} as user_id,
        {{ try_timestamp(csv_text('fields', 4)) }} as sent_at,
        {{ try_timestamp(csv_text('fields', 5)) }} as opened_at,
        {{ try_timestamp(csv_text('fields', 6)) }} as clicked_at,
        {{ try_timestamp(csv_text('fields', 7)) }} as converted_at,
        {{ try_timestamp(csv_text('fields', 8)) }} as updated_at,
        (
            ({{ csv_text('fields', 5) }} is not null and {{ try_timestamp(csv_text('fields', 5)) }} is null)
            or ({{ csv_text('fields', 6) }} is not null and {{ try_timestamp(csv_text('fields', 6)) }} is null)
            or ({{ csv_text('fields', 7) }} is not null and {{ try_timestamp(csv_text('fields', 7)) }} is null)
        ) as has_impossible_date,
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
            when touch_id is null then 'missing_id'
            when campaign_id is null or user_id is null then 'missing_key'
            when sent_at is null or updated_at is null or has_impossible_date then 'impossible_date'
            when greatest(
                sent_at, updated_at, coalesce(opened_at, sent_at), coalesce(clicked_at, sent_at), coalesce(converted_at, sent_at)
            ) >= {{ days_later('arrival_date', 1) }} then 'from_the_future'
        end as quarantine_reason
    from typed
)

select
    touch_id,
    campaign_id,
    user_id,
    sent_at,
    opened_at,
    clicked_at,
    converted_at,
    updated_at,
    quarantine_reason,
    case when quarantine_reason is not null then line end as raw_text,
    line_hash,
    file_name,
    arrival_date,
    {{ processing_timestamp() }} as processing_timestamp
from judged
