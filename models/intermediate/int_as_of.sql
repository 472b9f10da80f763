{{ config(materialized='table') }}

{% if var('processing_date', none) %}
select date '{{ var("processing_date") }}' as as_of_date
{% else %}
select max(arrival_date) as as_of_date
from (
    select arrival_date from {{ ref('bronze_users') }}
    union all
    select arrival_date from {{ ref('bronze_events') }}
    union all
    select arrival_date from {{ ref('bronze_transactions') }}
) as arrivals
{% endif %}
