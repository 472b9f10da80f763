{{ config(
    materialized='incremental',
    incremental_strategy='merge',
    unique_key=['session_id', 'user_id'],
    on_schema_change='append_new_columns',
    pre_hook="{{ forget_moved_sessions(ref('int_sessions'), ref('stg_events__lines')) }}",
    table_type='iceberg',
    format='parquet',
    write_compression='snappy',
    partitioned_by=['day(session_date)'],
    table_properties={'format_version': '2'}
) }}

with recent_days as (
    select {{ days_later('as_of_date', -var('lookback_days')) }} as before
    from {{ ref('int_as_of') }}
),

-- sessions to compute again; the first run and a full refresh compute all of them
touched as (
    {{ touched_sessions(ref('stg_events__lines'), 'event_id') }}

    union all

    {{ touched_sessions(ref('stg_transactions__lines'), 'transaction_id') }}

    union all

    select session_id from {{ ref('int_sessions') }}
    where user_id in (
        select user_id from {{ ref('stg_users__lines') }}
        where quarantine_reason is null and {{ is_new() }}
    )

    union all

    -- what arrived in the last days, in any case
    select session_id from {{ ref('stg_events') }}
    where arrival_date > (select before from recent_days)

    union all

    select session_id from {{ ref('stg_transactions') }}
    where arrival_date > (select before from recent_days)
),

sessions as (
    select * from {{ ref('int_sessions') }}
    {% if is_incremental() -%}
    where session_id in (select session_id from touched)
    {%- endif %}
),

ranked_transactions as (
    select
        session_id,
        user_id,
        transaction_id,
        amount,
        currency,
        transaction_timestamp,
        row_number() over (
            partition by session_id, user_id
            order by transaction_timestamp, transaction_id
        ) as transaction_number
    from {{ ref('stg_transactions') }}
),

first_transactions as (
    select * from ranked_transactions where transaction_number = 1
),

-- an open end as a far day: a join by plain comparisons is a hash join
user_versions as (
    select
        user_id,
        device_type,
        country,
        valid_from,
        coalesce(valid_to, timestamp '9999-12-31 00:00:00') as valid_before
    from {{ ref('int_user_history') }}
)

select
    sessions.user_id,
    sessions.session_id,
    users.signup_date,
    coalesce(sessions.device_type, user_then.device_type) as device_type,
    coalesce(sessions.country, user_then.country) as country,
    sessions.session_start_time,
    sessions.session_end_time,
    {{ seconds_between('sessions.session_start_time', 'sessions.session_end_time') }} as session_duration_seconds,
    cast(sessions.session_start_time as date) as session_date,
    sessions.total_events,
    sessions.event_types,
    sessions.first_event_type,
    sessions.last_event_type,
    first_transactions.transaction_id,
    first_transactions.amount as transaction_amount,
    first_transactions.currency as transaction_currency,
    first_transactions.transaction_timestamp,
    first_transactions.transaction_id is not null as has_transaction,
    case when first_transactions.transaction_timestamp >= sessions.session_start_time
        then {{ seconds_between('sessions.session_start_time', 'first_transactions.transaction_timestamp') }}
    end as time_to_purchase_seconds,
    {{ processing_timestamp() }} as processing_timestamp,
    'v2' as data_version,
    'app_events' as source_system
from sessions
left join first_transactions
    on first_transactions.session_id = sessions.session_id
    and first_transactions.user_id = sessions.user_id
left join {{ ref('stg_users') }} as users
    on users.user_id = sessions.user_id
left join user_versions as user_then
    on user_then.user_id = sessions.user_id
    and user_then.valid_from <= sessions.session_start_time
    and user_then.valid_before > sessions.session_start_time
