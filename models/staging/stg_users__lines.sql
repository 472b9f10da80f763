{{ config(materialized='incremental', incremental_strategy='append') }}

with split as (
    select
        {{ csv_values('line') }} as fields,
        line,
        line_hash,
        file_name,
        arrival_date
    from {{ ref('bronze_users') }}
    where {{ is_new() }}
),

typed as (
    select
        {{ array_size('fields') }} = 5 as is_readable,
        {{ csv_text('fields', 1) }} as user_id,
        {{ try_timestamp(csv_text('fields', 2)) }} as signup_date,
        {{ csv_text('fields', 3) }} as device_type,
        {{ csv_text('fields', 4) }} as country,
        {{ try_timestamp(csv_text('fields', 5)) }} as updated_at,
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
            when user_id is null then 'missing_id'
            when signup_date is null or updated_at is null then 'impossible_date'
            when signup_date >= {{ days_later('arrival_date', 1) }} then 'from_the_future'
            when updated_at >= {{ days_later('arrival_date', 1) }} then 'from_the_future'
        end as quarantine_reason
    from typed
)

select
    user_id,
    signup_date,
    device_type,
    country,
    updated_at,
    quarantine_reason,
    case when quarantine_reason is not null then line end as raw_text,
    line_hash,
    file_name,
    arrival_date,
    {{ processing_timestamp() }} as processing_timestamp
from judged
