{{ config(materialized='table') }}

with active_versions as (
    select
        history.user_id,
        history.subscription_id,
        history.plan,
        plans.plan_rank,
        plans.is_paid,
        plans.content_items_per_month as content_limit,
        history.monthly_price,
        history.started_at,
        history.valid_from,
        least(
            coalesce(history.valid_to, timestamp '9999-12-31 00:00:00'),
            coalesce(history.ends_at, timestamp '9999-12-31 00:00:00')
        ) as valid_before
    from {{ ref('int_subscription_history') }} as history
    inner join {{ ref('plan_limits') }} as plans on plans.plan = history.plan
    where history.status = 'active' and not history.is_deleted
)

select * from active_versions
where valid_from < valid_before
