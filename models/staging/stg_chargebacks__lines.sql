{{ config(materialized='incremental', incremental_strategy='append') }}

with split as (
    select
        {{ csv_values('line') }} as fields,
        line,
        line_hash,
        file_name,
        arrival_date
    from {{ ref('bronze_chargebacks') }}
    where {{ is_new() }}
),

typed as (
    select
        {{ array_size('fields') }} = 2 as is_readable,
        {{ csv_text('fields', 1) }} as transaction_id,
        {{ try_timestamp(csv_text('fields', 2)) }} as chargeback_at,
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
            when transaction_id is null then 'missing_id'
            when chargeback_at is null then 'impossible_date'
            when chargeback_at >= {{ days_later('arrival_date', 1) }} then 'from_the_future'
        end as quarantine_reason
    from typed
)

select
    transaction_id,
    chargeback_at,
    quarantine_reason,
    case when quarantine_reason is not null then line end as raw_text,
    line_hash,
    file_name,
    arrival_date,
    {{ processing_timestamp() }} as processing_timestamp
from judged
