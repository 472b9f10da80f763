{{ config(materialized='view') }}

with plans_of_day as (
    select
        scores.user_id,
        scores.score_date,
        max(case when periods.is_paid then 1 else 0 end) = 1 as is_paid
    from {{ ref('rfm_scores') }} as scores
    inner join {{ ref('int_plan_periods') }} as periods
        on periods.user_id = scores.user_id
        and periods.valid_from < {{ days_later('scores.score_date', 1) }}
        and periods.valid_before >= {{ days_later('scores.score_date', 1) }}
    group by scores.user_id, scores.score_date
),

-- the first that applies, so every user is in one segment
segmented as (
    select
        user_id,
        score_date,
        recency_score,
        frequency_score,
        monetary_score,
        case
            when orders_365d = 0 then 'not buying'
            when recency_score >= 4 and frequency_score >= 4 and monetary_score >= 4 then 'champions'
            when recency_score >= 3 and frequency_score >= 4 then 'loyal'
            when recency_score >= 4 and orders_365d = 1 then 'new'
            when recency_score <= 3 and (frequency_score >= 4 or monetary_score >= 4) then 'at risk'
            when recency_score <= 3 then 'hibernating'
            else 'promising'
        end as segment
    from {{ ref('rfm_scores') }}
)

select
    segmented.user_id,
    segmented.score_date,
    segmented.recency_score,
    segmented.frequency_score,
    segmented.monetary_score,
    segmented.segment,
    coalesce(plans_of_day.is_paid, false) as is_paid,
    segmented.segment in ('at risk', 'hibernating') and coalesce(plans_of_day.is_paid, false) as is_paid_at_risk
from segmented
left join plans_of_day
    on plans_of_day.user_id = segmented.user_id
    and plans_of_day.score_date = segmented.score_date
