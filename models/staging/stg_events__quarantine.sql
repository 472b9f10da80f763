{{ config(materialized='view') }}

{{ quarantined(ref('stg_events__lines')) }}
