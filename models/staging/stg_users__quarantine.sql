{{ config(materialized='view') }}

{{ quarantined(ref('stg_users__lines')) }}
