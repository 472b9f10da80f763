{{ config(
    materialized='incremental',
    incremental_strategy='merge',
    unique_key=['user_id', 'feature_date'],
    pre_hook="{{ forget_days_before_signup('feature_date', ref('stg_users'), ref('stg_users__lines')) }}"
) }}

{% set first_day = first_day_to_compute('feature_date', ref('int_as_of'), [
    touched_activity_days(
        ref('stg_events__lines'), ref('stg_transactions__lines'),
        ref('stg_content_items__lines'), ref('stg_campaign_touches__lines')),
    touched_signup_days(ref('stg_users__lines')),
    touched_subscription_days(ref('stg_subscription_changes__lines'))
]) %}
{% set first_label = first_label_to_compute(touched_subscription_days(ref('stg_subscription_changes__lines'))) %}

-- the days whose features new rows touch, and those before them whose label they decide
with days as (
    select
        spine.day as feature_date,
        as_of.first_day,
        as_of.as_of_date
    from {{ ref('int_as_of') }} as as_of
    cross join {{ each_day('greatest(as_of.first_day, least(' ~ first_day ~ ', ' ~ first_label ~ '))', 'as_of.as_of_date', 'spine') }}
    where spine.day >= {{ first_day }} or spine.day <= {{ days_later('as_of.as_of_date', -30) }}
),

-- each day as the moment at its end
user_days as (
    select
        users.user_id,
        days.feature_date,
        cast({{ days_later('days.feature_date', 1) }} as {{ timestamp_type() }}) as day_end,
        {{ days_between('users.signup_date', 'days.feature_date') }} as days_since_signup,
        {{ days_between('days.first_day', 'days.feature_date') }} + 1 as history_days,
        days.feature_date <= {{ days_later('days.as_of_date', -30) }} as is_label_known
    from {{ ref('stg_users') }} as users
    inner join days on days.feature_date >= cast(users.signup_date as date)
),

-- what each user did, and beside it a row for each day to describe
moments as (
    select
        user_id,
        activity_date as day,
        events,
        sessions,
        orders,
        spend_usd,
        content_created,
        campaign_opens,
        campaign_clicks,
        0 as downgrades,
        false as is_described
    from {{ ref('int_daily_activity') }}
    where activity_date > (select {{ days_later('min(feature_date)', -90) }} from days)

    union all

    select user_id, cast(valid_from as date), 0, 0, 0, 0, 0, 0, 0, 1, false
    from {{ ref('int_subscription_history') }}
    where is_downgrade

    union all

    select user_id, feature_date, 0, 0, 0, 0, 0, 0, 0, 0, true from user_days
),

windowed as (
    select
        user_id,
        day as feature_date,
        is_described,
        max(case when events > 0 or content_created > 0 then day end) over last_90 as last_active_date,
        sum(sessions) over last_7 as sessions_7d,
        sum(sessions) over before_7 as sessions_before_7d,
        sum(sessions) over last_30 as sessions_30d,
        sum(sessions) over before_30 as sessions_before_30d,
        sum(events) over last_7 as events_7d,
        sum(events) over before_7 as events_before_7d,
        sum(events) over last_30 as events_30d,
        sum(events) over before_30 as events_before_30d,
        sum(content_created) over last_30 as content_created_30d,
        sum(content_created) over this_month as content_created_this_month,
        sum(downgrades) over last_90 as downgrades_90d,
        sum(spend_usd) over last_90 as spend_90d_usd,
        sum(orders) over last_90 as orders_90d,
        sum(campaign_opens) over last_30 as campaign_opens_30d,
        sum(campaign_clicks) over last_30 as campaign_clicks_30d
    from moments
    window
        last_7 as (partition by user_id order by {{ day_number('day') }} {{ last_days(7) }}),
        before_7 as (partition by user_id order by {{ day_number('day') }} {{ last_days(7, until=7) }}),
        last_30 as (partition by user_id order by {{ day_number('day') }} {{ last_days(30) }}),
        before_30 as (partition by user_id order by {{ day_number('day') }} {{ last_days(30, until=30) }}),
        last_90 as (partition by user_id order by {{ day_number('day') }} {{ last_days(90) }}),
        this_month as (
            partition by user_id, date_trunc('month', day)
            order by {{ day_number('day') }} range between unbounded preceding and current row
        )
),

-- the largest plan in force at the end of the day
plans_of_day as (
    select
        user_days.user_id,
        user_days.feature_date,
        periods.subscription_id,
        periods.plan,
        periods.is_paid,
        periods.content_limit,
        {{ days_between('periods.started_at', 'user_days.feature_date') }} as tenure_days,
        row_number() over (
            partition by user_days.user_id, user_days.feature_date
            order by periods.plan_rank desc, periods.started_at, periods.subscription_id
        ) as plan_position
    from user_days
    inner join {{ ref('int_plan_periods') }} as periods
        on periods.user_id = user_days.user_id
        and periods.valid_from < user_days.day_end
        and periods.valid_before >= user_days.day_end
),

-- paid subscriptions that end within the next 30 days
ending as (
    select distinct plans_of_day.user_id, plans_of_day.feature_date
    from plans_of_day
    inner join {{ ref('int_subscription_ends') }} as ends
        on ends.subscription_id = plans_of_day.subscription_id
        and ends.ended_at >= {{ days_later('plans_of_day.feature_date', 1) }}
        and ends.ended_at < {{ days_later('plans_of_day.feature_date', 31) }}
    where plans_of_day.plan_position = 1 and plans_of_day.is_paid
)

select
    user_days.user_id,
    user_days.feature_date,
    user_days.history_days,
    user_days.days_since_signup,
    -- nothing seen means not seen for as long as it could have been
    coalesce(
        {{ days_between('windowed.last_active_date', 'user_days.feature_date') }},
        least(90, user_days.days_since_signup, user_days.history_days)
    ) as days_since_last_activity,
    {% for measure in ['sessions', 'events'] -%}
    {% for length in [7, 30] -%}
    cast(windowed.{{ measure }}_{{ length }}d as bigint) as {{ measure }}_{{ length }}d,
    {{ trend('windowed.' ~ measure ~ '_' ~ length ~ 'd', 'windowed.' ~ measure ~ '_before_' ~ length ~ 'd') }} as {{ measure }}_trend_{{ length }}d,
    {% endfor -%}
    {% endfor -%}
    cast(windowed.content_created_30d as bigint) as content_created_30d,
    {{ ratio('windowed.content_created_this_month', 'coalesce(plans.content_limit, free.content_limit)') }} as content_limit_share,
    coalesce(plans.plan, 'none') as plan,
    coalesce(plans.is_paid, false) as is_paid,
    plans.tenure_days,
    cast(windowed.downgrades_90d as bigint) as downgrades_90d,
    cast(windowed.spend_90d_usd as decimal(14, 2)) as spend_90d_usd,
    cast(windowed.orders_90d as bigint) as orders_90d,
    cast(windowed.spend_90d_usd / nullif(windowed.orders_90d, 0) as decimal(14, 2)) as average_order_90d_usd,
    cast(windowed.campaign_opens_30d as bigint) as campaign_opens_30d,
    cast(windowed.campaign_clicks_30d as bigint) as campaign_clicks_30d,
    rfm.recency_score,
    rfm.frequency_score,
    rfm.monetary_score,
    case when plans.is_paid and user_days.is_label_known then ending.user_id is not null end as churned_within_30d,
    {{ processing_timestamp() }} as processing_timestamp
from user_days
inner join windowed
    on windowed.user_id = user_days.user_id
    and windowed.feature_date = user_days.feature_date
    and windowed.is_described
left join plans_of_day as plans
    on plans.user_id = user_days.user_id
    and plans.feature_date = user_days.feature_date
    and plans.plan_position = 1
left join ending
    on ending.user_id = user_days.user_id
    and ending.feature_date = user_days.feature_date
left join {{ ref('rfm_scores') }} as rfm
    on rfm.user_id = user_days.user_id
    and rfm.score_date = user_days.feature_date
cross join (select max(content_limit) as content_limit from {{ ref('dim_plans') }} where plan = 'free') as free
