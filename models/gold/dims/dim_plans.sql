{{ config(materialized='table') }}

select
    plan,
    plan_rank,
    is_paid,
    monthly_price,
    content_items_per_month as content_limit
from {{ ref('plan_limits') }}
