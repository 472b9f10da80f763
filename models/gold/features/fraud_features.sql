{{ config(
    materialized='incremental',
    incremental_strategy='merge',
    unique_key='transaction_id'
) }}

with touched as (
    select user_id, min(touched_at) as touched_from
    from (
        {{ touched_user_moments(
            ref('stg_events__lines'), ref('stg_transactions__lines'),
            ref('stg_users__lines'), ref('stg_chargebacks__lines')) }}
    ) as moments
    group by user_id
),

-- the transactions from the first moment on that new rows of their user touch
judged as (
    select transactions.*
    from {{ ref('int_transactions') }} as transactions
    {% if is_incremental() -%}
    inner join touched
        on touched.user_id = transactions.user_id
        and transactions.transaction_timestamp >= touched.touched_from
    {%- endif %}
),

-- what the user bought before: earlier in time, or at the same moment under a smaller id
before as (
    select
        judged.transaction_id,
        count(earlier.transaction_id) as transactions_before,
        sum(earlier.amount_usd) as lifetime_value_usd,
        count(*) filter (
            where earlier.transaction_timestamp >= {{ moved('judged.transaction_timestamp', -1, 'minute') }}
        ) as transactions_last_minute,
        count(*) filter (
            where earlier.transaction_timestamp >= {{ moved('judged.transaction_timestamp', -1, 'hour') }}
        ) as transactions_last_hour,
        sum(earlier.amount_usd) filter (
            where earlier.transaction_timestamp >= {{ moved('judged.transaction_timestamp', -24, 'hour') }}
        ) as spent_24h_usd,
        count(chargebacks.transaction_id) as chargebacks_before
    from judged
    inner join {{ ref('int_transactions') }} as earlier
        on earlier.user_id = judged.user_id
        and earlier.transaction_timestamp <= judged.transaction_timestamp
        and (
            earlier.transaction_timestamp < judged.transaction_timestamp
            or earlier.transaction_id < judged.transaction_id
        )
    -- disputes known by then
    left join {{ ref('stg_chargebacks') }} as chargebacks
        on chargebacks.transaction_id = earlier.transaction_id
        and chargebacks.chargeback_at <= judged.transaction_timestamp
    group by judged.transaction_id
),

-- joined by day, this one and the one before, so that the engine can hash
windows as (
    select transaction_id, user_id, transaction_timestamp, transaction_date as event_date from judged
    union all
    select transaction_id, user_id, transaction_timestamp, {{ days_later('transaction_date', -1) }} from judged
),

around as (
    select
        windows.transaction_id,
        count(distinct events.session_id) as sessions_24h,
        count(distinct events.device_type) as distinct_devices_24h,
        count(distinct events.country) as distinct_countries_24h
    from windows
    inner join {{ ref('stg_events') }} as events
        on events.user_id = windows.user_id
        and cast(events.event_timestamp as date) = windows.event_date
        and events.event_timestamp < windows.transaction_timestamp
        and events.event_timestamp >= {{ moved('windows.transaction_timestamp', -24, 'hour') }}
    group by windows.transaction_id
),

features as (
    select
        judged.transaction_id,
        judged.user_id,
        judged.session_id,
        judged.transaction_timestamp,
        judged.amount_usd,
        coalesce(around.sessions_24h, 0) as sessions_24h,
        cast(coalesce(before.spent_24h_usd, 0) as decimal(14, 2)) as spent_24h_usd,
        coalesce(around.distinct_devices_24h, 0) as distinct_devices_24h,
        coalesce(around.distinct_countries_24h, 0) as distinct_countries_24h,
        coalesce(before.transactions_last_hour, 0) as transactions_last_hour,
        coalesce(before.transactions_last_minute, 0) as transactions_last_minute,
        {{ rounded(
            'cast(judged.amount_usd as double) * before.transactions_before'
            ~ ' / nullif(cast(before.lifetime_value_usd as double), 0) - 1'
        ) }} as amount_deviation_from_avg,
        -- a sign-up that lies ahead is not known yet
        case when users.signup_date <= judged.transaction_timestamp
            then {{ days_between('users.signup_date', 'judged.transaction_timestamp') }} end as days_since_signup,
        cast(coalesce(before.lifetime_value_usd, 0) as decimal(14, 2)) as lifetime_value_usd,
        coalesce({{ ratio('before.chargebacks_before', 'before.transactions_before') }}, 0) as chargeback_rate
    from judged
    left join before on before.transaction_id = judged.transaction_id
    left join around on around.transaction_id = judged.transaction_id
    left join {{ ref('stg_users') }} as users on users.user_id = judged.user_id
),

rules as (
    select
        {% for rule in fraud_rules() -%}
        max(case when rule = '{{ rule }}' then threshold end) as {{ rule }}_from,
        max(case when rule = '{{ rule }}' then weight end) as {{ rule }}_weight,
        max(case when rule = '{{ rule }}' then reason end) as {{ rule }}_reason{{ ',' if not loop.last }}
        {% endfor %}
    from {{ ref('fraud_weights') }}
),

scored as (
    select
        features.*,
        least(1, {{ rounded(fraud_score()) }}) as fraud_score,
        {{ fraud_reasons() }} as fraud_reasons
    from features
    cross join rules
)

select
    transaction_id,
    user_id,
    session_id,
    transaction_timestamp,
    amount_usd,
    sessions_24h,
    spent_24h_usd,
    distinct_devices_24h,
    distinct_countries_24h,
    transactions_last_hour,
    transactions_last_minute,
    amount_deviation_from_avg,
    days_since_signup,
    lifetime_value_usd,
    chargeback_rate,
    fraud_score,
    case when fraud_score > 0.8 then 'block' when fraud_score >= 0.5 then 'review' else 'approve' end as decision,
    nullif(substr(fraud_reasons, 3), '') as reasons,
    {{ processing_timestamp() }} as processing_timestamp
from scored
