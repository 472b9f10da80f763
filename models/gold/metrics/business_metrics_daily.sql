{{ config(
    materialized='incremental',
    incremental_strategy='merge',
    unique_key='metric_date'
) }}

{% set first_day = first_day_to_compute('metric_date', ref('int_as_of'), [
    touched_activity_days(
        ref('stg_events__lines'), ref('stg_transactions__lines'),
        ref('stg_content_items__lines'), ref('stg_campaign_touches__lines')),
    touched_signup_days(ref('stg_users__lines')),
    touched_subscription_days(ref('stg_subscription_changes__lines'))
]) %}

with days as (
    select spine.day as metric_date
    from {{ ref('int_as_of') }} as as_of
    cross join {{ each_day('greatest(as_of.first_day, ' ~ first_day ~ ')', 'as_of.as_of_date', 'spine') }}
),

activity as (
    select * from {{ ref('int_daily_activity') }}
    where activity_date > {{ days_later(first_day, -14) }}
),

of_the_day as (
    select
        activity_date as metric_date,
        count(*) filter (where events > 0) as active_users,
        sum(orders) as orders,
        sum(spend_usd) as revenue_usd,
        sum(content_created) as content_created,
        count(*) filter (where content_created > 0) as content_creators
    from activity
    group by activity_date
),

-- who was active in the 7 days up to the day, and who in the 7 days before these
weeks as (
    select
        days.metric_date,
        activity.user_id,
        max(case when activity.activity_date > {{ days_later('days.metric_date', -7) }} then 1 else 0 end) as is_active,
        max(case when activity.activity_date <= {{ days_later('days.metric_date', -7) }} then 1 else 0 end) as was_active
    from days
    inner join activity
        on activity.activity_date > {{ days_later('days.metric_date', -14) }}
        and activity.activity_date <= days.metric_date
    where activity.events > 0
    group by days.metric_date, activity.user_id
),

of_the_week as (
    select
        metric_date,
        sum(is_active) as weekly_active_users,
        sum(was_active) as active_users_week_before,
        sum(is_active * was_active) as retained_users
    from weeks
    group by metric_date
),

sessions as (
    select
        session_date as metric_date,
        count(*) as sessions,
        count(*) filter (where has_transaction) as converted_sessions
    from {{ ref('user_session_analysis', v=2) }}
    where session_date >= {{ first_day }}
    group by session_date
),

signups as (
    select cast(signup_date as date) as metric_date, count(*) as new_users
    from {{ ref('stg_users') }}
    where signup_date >= {{ first_day }}
    group by cast(signup_date as date)
),

paying as (
    select days.metric_date, count(distinct periods.user_id) as paying_users
    from days
    inner join {{ ref('int_plan_periods') }} as periods
        on periods.valid_from < {{ days_later('days.metric_date', 1) }}
        and periods.valid_before >= {{ days_later('days.metric_date', 1) }}
        and periods.is_paid
    group by days.metric_date
)

select
    days.metric_date,
    coalesce(signups.new_users, 0) as new_users,
    coalesce(of_the_day.active_users, 0) as active_users,
    cast(coalesce(of_the_week.weekly_active_users, 0) as bigint) as weekly_active_users,
    coalesce(paying.paying_users, 0) as paying_users,
    coalesce(sessions.sessions, 0) as sessions,
    coalesce(sessions.converted_sessions, 0) as converted_sessions,
    {{ ratio('sessions.converted_sessions', 'sessions.sessions') }} as conversion_rate,
    cast(coalesce(of_the_day.orders, 0) as bigint) as orders,
    cast(coalesce(of_the_day.revenue_usd, 0) as decimal(14, 2)) as revenue_usd,
    cast(coalesce(of_the_day.content_created, 0) as bigint) as content_created,
    coalesce(of_the_day.content_creators, 0) as content_creators,
    {{ ratio('of_the_week.retained_users', 'of_the_week.active_users_week_before') }} as weekly_retention,
    {{ processing_timestamp() }} as processing_timestamp
from days
left join of_the_day on of_the_day.metric_date = days.metric_date
left join of_the_week on of_the_week.metric_date = days.metric_date
left join sessions on sessions.metric_date = days.metric_date
left join signups on signups.metric_date = days.metric_date
left join paying on paying.metric_date = days.metric_date
