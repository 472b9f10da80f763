{{ config(materialized='view') }}

{{ quarantined(ref('stg_content_items__lines')) }}
