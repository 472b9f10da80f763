{{ config(materialized='view') }}

{{ quarantined(ref('stg_transactions__lines')) }}
