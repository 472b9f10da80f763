{{ config(materialized='incremental', incremental_strategy='append') }}

select
    line,
    {{ dbt.hash('line') }} as line_hash,
    {{ landing_file() }} as file_name,
    {{ arrival_day(landing_file()) }} as arrival_date,
    {{ processing_timestamp() }} as processing_timestamp
from {{ source('landing', 'content_items') }}
where {{ is_new_file(source('landing', 'content_items')) }}
