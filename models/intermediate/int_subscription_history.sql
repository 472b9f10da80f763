{{ config(materialized='table') }}

-- every change in bronze, in the order of the log, wherever and whenever its line came
with changes as (
    select
        subscription_id,
        user_id,
        lsn,
        op,
        plan,
        status,
        monthly_price,
        started_at,
        ends_at,
        committed_at,
        -- the log rules: a version never begins after one that follows it
        min(committed_at) over (
            partition by subscription_id order by lsn
            rows between current row and unbounded following
        ) as valid_from
    from {{ ref('stg_subscription_changes') }}
),

versions as (
    select
        changes.*,
        row_number() over (partition by subscription_id order by lsn) as version_number,
        lag(plan) over (partition by subscription_id order by lsn) as previous_plan,
        lead(valid_from) over (partition by subscription_id order by lsn) as valid_to
    from changes
)

select
    versions.subscription_id,
    versions.version_number,
    versions.user_id,
    versions.lsn,
    versions.op,
    versions.plan,
    versions.status,
    versions.monthly_price,
    versions.started_at,
    versions.ends_at,
    versions.op = 'd' as is_deleted,
    coalesce(plans.plan_rank < previous_plans.plan_rank, false) as is_downgrade,
    versions.committed_at,
    versions.valid_from,
    versions.valid_to
from versions
left join {{ ref('plan_limits') }} as plans on plans.plan = versions.plan
left join {{ ref('plan_limits') }} as previous_plans on previous_plans.plan = versions.previous_plan
