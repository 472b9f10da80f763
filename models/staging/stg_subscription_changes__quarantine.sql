{{ config(materialized='view') }}

{{ quarantined(ref('stg_subscription_changes__lines')) }}
