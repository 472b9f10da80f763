{{ config(materialized='view') }}

{{ quarantined(ref('stg_chargebacks__lines')) }}
