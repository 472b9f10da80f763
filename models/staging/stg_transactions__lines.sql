{{ config(materialized='incremental', incremental_strategy='append') }}

with split as (
    select
        {{ csv_values('line') }} as fields,
        line,
        line_hash,
        file_name,
        arrival_date
    from {{ ref('bronze_transactions') }}
    where {{ is_new() }}
),

typed as (
    select
        {{ array_size('fields') }} = 6 as is_readable,
        {{ csv_text('fields', 1) }} as transaction_id,
        {{ csv_text('fields', 2) }} as session_id,
        {{ csv_text('fields', 3) }} as user_id,
        {{ try_money(csv_text('fields', 4)) }} as amount,
        {{ csv_text('fields', 5) }} as currency,
        {{ try_timestamp(csv_text('fields', 6)) }} as transaction_timestamp,
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
            when session_id is null or user_id is null then 'missing_key'
            when amount is null then 'invalid_amount'
            when amount < 0 then 'negative_amount'
            when currencies.currency is null then 'unknown_currency'
            when transaction_timestamp is null then 'impossible_date'
            when transaction_timestamp >= {{ days_later('arrival_date', 1) }} then 'from_the_future'
        end as quarantine_reason
    from typed
    left join (select distinct currency from {{ ref('currency_rates') }}) as currencies
        on currencies.currency = typed.currency
)

select
    transaction_id,
    session_id,
    user_id,
    amount,
    currency,
    transaction_timestamp,
    quarantine_reason,
    case when quarantine_reason is not null then line end as raw_text,
    line_hash,
    file_name,
    arrival_date,
    {{ processing_timestamp() }} as processing_timestamp
from judged
