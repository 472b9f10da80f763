{{ config(materialized='incremental', incremental_strategy='merge', unique_key='touch_id') }}

select
    touch_id,
    campaign_id,
    user_id,
    sent_at,
    cast(sent_at as date) as sent_date,
    opened_at,
    clicked_at,
    converted_at,
    opened_at is not null as is_opened,
    clicked_at is not null as is_clicked,
    converted_at is not null as is_converted,
    updated_at,
    arrival_date,
    {{ processing_timestamp() }} as processing_timestamp
from {{ ref('stg_campaign_touches') }}
where {{ is_new() }}
