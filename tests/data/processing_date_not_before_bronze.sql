-- A build sees only files that arrived up to processing_date. Going back in time therefore needs a full refresh:
-- bronze must hold nothing that arrived later.
{% for bronze in [
    ref('bronze_users'), ref('bronze_events'), ref('bronze_transactions'), ref('bronze_chargebacks'),
    ref('bronze_subscription_changes'), ref('bronze_content_items'), ref('bronze_campaign_touches')
] %}
select arrival_date, file_name
from {{ bronze }}
{% if var('processing_date', none) -%}
where arrival_date > date '{{ var("processing_date") }}'
{%- else -%}
where false
{%- endif %}
{{ 'union all' if not loop.last }}
{% endfor %}
