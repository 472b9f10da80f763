{{ config(
    materialized='incremental',
    incremental_strategy='merge',
    unique_key=['user_id', 'score_date'],
    pre_hook="{{ forget_days_before_signup('score_date', ref('stg_users'), ref('stg_users__lines')) }}"
) }}

{% set first_day = first_day_to_compute('score_date', ref('int_as_of'), [
    touched_activity_days(
        ref('stg_events__lines'), ref('stg_transactions__lines'),
        ref('stg_content_items__lines'), ref('stg_campaign_touches__lines')),
    touched_signup_days(ref('stg_users__lines'))
]) %}

with days as (
    select spine.day as score_date
    from {{ ref('int_as_of') }} as as_of
    cross join {{ each_day('greatest(as_of.first_day, ' ~ first_day ~ ')', 'as_of.as_of_date', 'spine') }}
),

-- what each user bought, and beside it a row for each day to score
moments as (
    select
        user_id,
        activity_date as day,
        orders,
        spend_usd,
        false as is_scored
    from {{ ref('int_daily_activity') }}
    where orders > 0 and activity_date > {{ days_later(first_day, -365) }}

    union all

    select users.user_id, days.score_date, 0, 0, true
    from {{ ref('stg_users') }} as users
    inner join days on days.score_date >= cast(users.signup_date as date)
),

windowed as (
    select
        user_id,
        day as score_date,
        is_scored,
        max(case when orders > 0 then day end) over last_year as last_order_date,
        sum(orders) over last_year as orders_365d,
        sum(spend_usd) over last_year as spend_365d_usd
    from moments
    window last_year as (partition by user_id order by {{ day_number('day') }} {{ last_days(365) }})
),

measured as (
    select
        user_id,
        score_date,
        {{ days_between('last_order_date', 'score_date') }} as recency_days,
        cast(orders_365d as bigint) as orders_365d,
        cast(spend_365d_usd as decimal(14, 2)) as spend_365d_usd
    from windowed
    where is_scored
)

select
    user_id,
    score_date,
    recency_days,
    orders_365d,
    spend_365d_usd,
    {{ quintile('score_date', 'coalesce(recency_days, 9999) desc') }} as recency_score,
    {{ quintile('score_date', 'orders_365d') }} as frequency_score,
    {{ quintile('score_date', 'spend_365d_usd') }} as monetary_score,
    {{ processing_timestamp() }} as processing_timestamp
from measured
