{{ config(materialized='view') }}

with events_by_type as (
    select
        session_id,
        user_id,
        event_type,
        count(*) as events,
        min(event_timestamp) as first_at
    from {{ ref('fct_events') }}
    group by session_id, user_id, event_type
),

ranked_types as (
    select
        session_id,
        user_id,
        event_type,
        row_number() over (
            partition by session_id, user_id
            order by events desc, first_at, event_type
        ) as type_rank
    from events_by_type
)

select
    sessions.session_id,
    sessions.user_id,
    sessions.country as user_country,
    sessions.device_type as user_device,
    sessions.session_start_time,
    sessions.total_events,
    ranked_types.event_type,
    sessions.transaction_id,
    sessions.transaction_amount as amount,
    sessions.transaction_currency as currency,
    sessions.has_transaction as is_conversion
from {{ ref('user_session_analysis', v=2) }} as sessions
left join ranked_types
    on ranked_types.session_id = sessions.session_id
    and ranked_types.user_id = sessions.user_id
    and ranked_types.type_rank = 1
