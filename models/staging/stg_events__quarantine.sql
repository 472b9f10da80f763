{{ config(materialized='view') }}

select
    quarantine_reason as reason,
    raw_text,
    file_name,
    arrival_date,
    line_hash,
    processing_timestamp
from {{ ref('stg_events__lines') }}
where quarantine_reason is not null
