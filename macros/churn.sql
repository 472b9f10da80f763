{#
  A date literal: the first day whose churn label a run decides, because the 30 days after it have passed since the
  last one, or because changes of subscriptions arrived that lie within them.
#}
{% macro first_label_to_compute(subscription_days) -%}
    {%- set found = none -%}
    {%- if execute and is_incremental() -%}
        {%- set earliest -%}
            select cast(min(day) as varchar)
            from (
                select min(feature_date) as day from {{ this }} where is_paid and churned_within_30d is null
                union all
                select {{ days_later('min(day)', -30) }} from ({{ subscription_days }}) as changed (day)
            ) as days
        {%- endset -%}
        {%- set found = run_query(earliest).rows[0][0] -%}
    {%- endif -%}
    date '{{ found or ("9999-12-31" if is_incremental() else "1900-01-01") }}'
{%- endmacro %}


{# How a count compares with the one before it: from -1 (all gone) over 0 (equal, or both 0) to 1 (all new). #}
{% macro trend(now, before) -%}
    {{ rounded('coalesce(cast(' ~ now ~ ' - coalesce(' ~ before ~ ', 0) as double) / nullif(' ~ now ~ ' + coalesce(' ~ before ~ ', 0), 0), 0)') }}
{%- endmacro %}


{# The features that the seed churn_model weighs, and the value of each: plans are indicators. #}
{% macro churn_terms() %}
  {% set terms = {} %}
  {% for feature in [
    'days_since_last_activity',
    'sessions_7d',
    'sessions_trend_7d',
    'sessions_30d',
    'sessions_trend_30d',
    'events_30d',
    'events_trend_30d',
    'content_created_30d',
    'content_limit_share',
    'tenure_days',
    'downgrades_90d',
    'spend_90d_usd',
    'orders_90d',
    'campaign_opens_30d',
    'campaign_clicks_30d',
    'recency_score',
    'frequency_score',
    'monetary_score'
  ] %}
    {% do terms.update({feature: 'cast(features.' ~ feature ~ ' as double)'}) %}
  {% endfor %}
  {% do terms.update({'plan_business': "case when features.plan = 'business' then 1.0 else 0.0 end"}) %}
  {% do return(terms) %}
{% endmacro %}
