{{ config(materialized='incremental', incremental_strategy='merge', unique_key='transaction_id') }}

select
    transaction_id,
    session_id,
    user_id,
    amount,
    currency,
    usd_per_unit,
    amount_usd,
    transaction_timestamp,
    transaction_date,
    arrival_date,
    {{ days_between('transaction_timestamp', 'arrival_date') }} as days_late,
    {{ processing_timestamp() }} as processing_timestamp
from {{ ref('int_transactions') }}
where {{ is_new() }}
