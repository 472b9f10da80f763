{{ config(materialized='view') }}

with rate_periods as (
    select
        currency,
        usd_per_unit,
        -- the first rate holds for the days before it, the last for the days after it
        case when row_number() over (partition by currency order by rate_date) = 1
            then date '1900-01-01' else rate_date end as valid_from,
        coalesce(lead(rate_date) over (partition by currency order by rate_date), date '9999-12-31') as valid_to
    from {{ ref('currency_rates') }}
)

select
    transactions.transaction_id,
    transactions.session_id,
    transactions.user_id,
    transactions.amount,
    transactions.currency,
    rate_periods.usd_per_unit,
    cast(transactions.amount * rate_periods.usd_per_unit as decimal(12, 2)) as amount_usd,
    transactions.transaction_timestamp,
    cast(transactions.transaction_timestamp as date) as transaction_date,
    transactions.arrival_date,
    transactions.processing_timestamp
from {{ ref('stg_transactions') }} as transactions
left join rate_periods
    on rate_periods.currency = transactions.currency
    and cast(transactions.transaction_timestamp as date) >= rate_periods.valid_from
    and cast(transactions.transaction_timestamp as date) < rate_periods.valid_to
