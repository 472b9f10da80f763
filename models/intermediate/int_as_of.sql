{{ config(materialized='table') }}

with files as (
    {% for bronze in [
        ref('bronze_users'), ref('bronze_events'), ref('bronze_transactions'), ref('bronze_chargebacks'),
        ref('bronze_subscription_changes'), ref('bronze_content_items'), ref('bronze_campaign_touches')
    ] -%}
    select min(arrival_date) as first_day, max(arrival_date) as last_day from {{ bronze }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    min(first_day) as first_day,
    {% if var('processing_date', none) -%}
    date '{{ var("processing_date") }}' as as_of_date
    {%- else -%}
    max(last_day) as as_of_date
    {%- endif %}
from files
