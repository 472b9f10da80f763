{{ config(materialized='table') }}

select content_type, content_type_name, has_answers
from {{ ref('content_types') }}
