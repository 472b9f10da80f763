{{ config(materialized='view') }}

{{ quarantined(ref('stg_campaign_touches__lines')) }}
