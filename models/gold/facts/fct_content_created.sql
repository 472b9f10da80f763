{{ config(materialized='incremental', incremental_strategy='merge', unique_key='content_id') }}

select
    content_id,
    user_id,
    content_type,
    created_at,
    cast(created_at as date) as created_date,
    arrival_date,
    {{ days_between('created_at', 'arrival_date') }} as days_late,
    {{ processing_timestamp() }} as processing_timestamp
from {{ ref('stg_content_items') }}
where {{ is_new() }}
