{{ config(materialized='table') }}

-- paying, and about to leave by the churn score or by the RFM segment
with retain as (
    select
        scores.user_id,
        'retain' as audience,
        scores.feature_date as audience_date,
        scores.plan,
        scores.churn_probability,
        case when scores.is_likely_to_churn then scores.strongest_reason else 'segment ' || segments.segment end as reason
    from {{ ref('churn_scores') }} as scores
    inner join {{ ref('int_as_of') }} as as_of on as_of.as_of_date = scores.feature_date
    inner join {{ ref('rfm_segments') }} as segments
        on segments.user_id = scores.user_id and segments.score_date = scores.feature_date
    where scores.is_likely_to_churn or segments.segment = 'at risk'
),

largest_plan as (
    select max(plan_rank) as plan_rank from {{ ref('dim_plans') }}
),

-- near or over the limit of a plan that has a larger one above it
upsell as (
    select
        features.user_id,
        'upsell' as audience,
        features.feature_date as audience_date,
        features.plan,
        cast(null as double) as churn_probability,
        case when features.content_limit_share > 1 then 'over the limit of the plan' else 'near the limit of the plan' end as reason
    from {{ ref('churn_features_daily') }} as features
    inner join {{ ref('int_as_of') }} as as_of on as_of.as_of_date = features.feature_date
    inner join {{ ref('dim_plans') }} as plans
        on plans.plan = case when features.plan = 'none' then 'free' else features.plan end
    cross join largest_plan
    where features.content_limit_share >= 0.8 and plans.plan_rank < largest_plan.plan_rank
),

members as (
    select * from retain
    union all
    -- who is about to leave is not sold more
    select * from upsell
    where user_id not in (select user_id from retain)
)

select
    members.user_id,
    members.audience,
    members.audience_date,
    members.plan,
    members.reason,
    members.churn_probability,
    users.country,
    {{ processing_timestamp() }} as processing_timestamp
from members
inner join {{ ref('dim_users') }} as users on users.user_id = members.user_id and users.is_current
