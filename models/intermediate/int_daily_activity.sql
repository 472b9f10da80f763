{{ config(
    materialized='incremental',
    incremental_strategy='merge',
    unique_key=['user_id', 'activity_date'],
    pre_hook="{{ forget_activity_days(
        ref('stg_events__lines'), ref('stg_transactions__lines'),
        ref('stg_content_items__lines'), ref('stg_campaign_touches__lines')) }}"
) }}

{% set counts = [
    'events', 'sessions', 'orders', 'spend_usd', 'content_created',
    'campaign_messages', 'campaign_opens', 'campaign_clicks'
] %}

with touched_days as (
    {{ touched_activity_days(
        ref('stg_events__lines'), ref('stg_transactions__lines'),
        ref('stg_content_items__lines'), ref('stg_campaign_touches__lines')) }}
),

-- what happened, each with its day
happenings as (
    select user_id, cast(event_timestamp as date) as activity_date, 'events' as what, 1 as amount
    from {{ ref('stg_events') }}

    union all

    select user_id, cast(session_start_time as date), 'sessions', 1 from {{ ref('int_sessions') }}

    union all

    select user_id, transaction_date, 'orders', 1 from {{ ref('int_transactions') }}

    union all

    select user_id, transaction_date, 'spend_usd', amount_usd from {{ ref('int_transactions') }}

    union all

    select user_id, cast(created_at as date), 'content_created', 1 from {{ ref('stg_content_items') }}
    {% for moment, what in [
        ('sent_at', 'campaign_messages'), ('opened_at', 'campaign_opens'), ('clicked_at', 'campaign_clicks')
    ] %}
    union all

    select user_id, cast({{ moment }} as date), '{{ what }}', 1
    from {{ ref('stg_campaign_touches') }}
    where {{ moment }} is not null
    {% endfor %}
)

select
    user_id,
    activity_date,
    {% for count in counts -%}
    {% if count == 'spend_usd' -%}
    cast(coalesce(sum(amount) filter (where what = '{{ count }}'), 0) as decimal(14, 2)) as {{ count }},
    {% else -%}
    count(*) filter (where what = '{{ count }}') as {{ count }},
    {% endif -%}
    {% endfor -%}
    {{ processing_timestamp() }} as processing_timestamp
from happenings
{% if is_incremental() -%}
where activity_date in (select activity_date from touched_days)
{%- endif %}
group by user_id, activity_date
