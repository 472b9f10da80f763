{{ config(materialized='incremental', incremental_strategy='merge', unique_key='transaction_id') }}

with fresh as (
    select
        transaction_id,
        session_id,
        user_id,
        amount,
        currency,
        transaction_timestamp,
        line_hash,
        file_name,
        arrival_date
    from {{ ref('stg_transactions__lines') }}
    where quarantine_reason is null and {{ is_new() }}
),

-- the version kept so far stands again, beside the new ones
candidates as (
    select * from fresh
    {% if is_incremental() -%}
    union all
    select
        transaction_id,
        session_id,
        user_id,
        amount,
        currency,
        transaction_timestamp,
        line_hash,
        file_name,
        arrival_date
    from {{ this }}
    where transaction_id in (select transaction_id from fresh)
    {%- endif %}
),

ranked as (
    select
        candidates.*,
        row_number() over (
            partition by transaction_id
            order by arrival_date desc, file_name desc, line_hash desc
        ) as version_rank
    from candidates
)

select
    transaction_id,
    session_id,
    user_id,
    amount,
    currency,
    transaction_timestamp,
    line_hash,
    file_name,
    arrival_date,
    {{ processing_timestamp() }} as processing_timestamp
from ranked
where version_rank = 1
