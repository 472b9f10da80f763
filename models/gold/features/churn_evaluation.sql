{{ config(materialized='table') }}

with labelled as (
    select
        churn_probability,
        is_likely_to_churn,
        churned_within_30d,
        feature_date,
        -- ranks of equal scores are their average, as the area under the curve needs
        rank() over (order by churn_probability) as lowest_rank,
        count(*) over (partition by churn_probability) as equals
    from {{ ref('churn_scores') }}
    where churned_within_30d is not null
),

counted as (
    select
        min(feature_date) as first_day,
        max(feature_date) as last_day,
        count(*) as user_days,
        count(*) filter (where churned_within_30d) as churned,
        count(*) filter (where is_likely_to_churn) as flagged,
        count(*) filter (where is_likely_to_churn and churned_within_30d) as hits,
        sum(case when churned_within_30d then cast(lowest_rank as double) + (equals - 1) / 2.0 end) as churned_ranks
    from labelled
)

select
    first_day,
    last_day,
    user_days,
    churned,
    flagged,
    hits,
    {{ ratio('churned', 'user_days') }} as base_rate,
    {{ ratio('hits', 'churned') }} as recall,
    {{ ratio('hits', 'flagged') }} as precision_at_threshold,
    {{ rounded(
        '(churned_ranks - churned * (churned + 1) / 2.0)'
        ~ ' / nullif(cast(churned as double) * (user_days - churned), 0)'
    ) }} as auc,
    {{ processing_timestamp() }} as processing_timestamp
from counted
