{{ config(materialized='table') }}

with created as (
    select
        user_id,
        cast(date_trunc('month', created_date) as date) as month_start,
        count(*) as items
    from {{ ref('fct_content_created') }}
    group by user_id, cast(date_trunc('month', created_date) as date)
),

-- the months that data exists for, up to the as-of date
months as (
    select distinct dates.month_start
    from {{ ref('dim_dates') }} as dates
    cross join {{ ref('int_as_of') }} as as_of
    where dates.date_day >= as_of.first_day and dates.date_day <= as_of.as_of_date
),

-- the largest plan in force at any time of the month sets its limit
held as (
    select
        periods.user_id,
        months.month_start,
        max_by(periods.plan, periods.plan_rank) as plan
    from {{ ref('int_plan_periods') }} as periods
    inner join months
        on periods.valid_from < {{ moved('cast(months.month_start as ' ~ timestamp_type() ~ ')', 1, 'month') }}
        and periods.valid_before > months.month_start
    cross join {{ ref('int_as_of') }} as as_of
    where periods.valid_from < {{ days_later('as_of.as_of_date', 1) }}
    group by periods.user_id, months.month_start
),

user_months as (
    select user_id, month_start from created
    union
    select user_id, month_start from held
)

select
    user_months.user_id,
    user_months.month_start,
    plans.plan,
    coalesce(created.items, 0) as items,
    cast(plans.content_items_per_month as bigint) as content_limit,
    {{ ratio('coalesce(created.items, 0)', 'plans.content_items_per_month') }} as limit_ratio,
    coalesce(created.items, 0) > plans.content_items_per_month as is_over_limit,
    {{ processing_timestamp() }} as processing_timestamp
from user_months
left join created
    on created.user_id = user_months.user_id and created.month_start = user_months.month_start
left join held
    on held.user_id = user_months.user_id and held.month_start = user_months.month_start
-- without a plan the rules of the free one hold
inner join {{ ref('plan_limits') }} as plans on plans.plan = coalesce(held.plan, 'free')
