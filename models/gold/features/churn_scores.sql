{{ config(materialized='view') }}

with model as (
    select
        max(case when term = 'intercept' then coefficient end) as intercept,
        max(case when term = 'threshold' then coefficient end) as threshold,
        {% for term in churn_terms() -%}
        max(case when term = '{{ term }}' then coefficient end) as {{ term }}_coefficient,
        max(case when term = '{{ term }}' then mean end) as {{ term }}_mean,
        max(case when term = '{{ term }}' then standard_deviation end) as {{ term }}_deviation,
        max(case when term = '{{ term }}' then reason end) as {{ term }}_reason{{ ',' if not loop.last }}
        {% endfor %}
    from {{ ref('churn_model') }}
),

-- what each feature adds to the log odds of leaving
contributions as (
    select
        features.user_id,
        features.feature_date,
        features.plan,
        features.churned_within_30d,
        {% for term, value in churn_terms().items() -%}
        model.{{ term }}_coefficient * ({{ value }} - model.{{ term }}_mean)
            / nullif(model.{{ term }}_deviation, 0) as {{ term }},
        model.{{ term }}_reason,
        {% endfor -%}
        model.intercept,
        model.threshold
    from {{ ref('churn_features_daily') }} as features
    cross join model
    where features.is_paid
),

scored as (
    select
        contributions.*,
        {{ rounded("1 / (1 + exp(-(intercept + " ~ churn_terms() | join(' + ') ~ ")))") }} as churn_probability,
        greatest({{ churn_terms() | join(', ') }}) as strongest
    from contributions
)

select
    user_id,
    feature_date,
    plan,
    churn_probability,
    churn_probability >= threshold as is_likely_to_churn,
    case
        when strongest <= 0 then 'nothing stands out'
        {% for term in churn_terms() -%}
        when {{ term }} = strongest then {{ term }}_reason
        {% endfor -%}
    end as strongest_reason,
    churned_within_30d
from scored
