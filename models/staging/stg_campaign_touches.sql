{{ config(materialized='incremental', incremental_strategy='merge', unique_key='touch_id') }}

{{ latest_versions(
    ref('stg_campaign_touches__lines'),
    key='touch_id',
    columns=[
        'touch_id', 'campaign_id', 'user_id', 'sent_at', 'opened_at',
        'clicked_at', 'converted_at', 'updated_at'
    ],
    newest_first='updated_at desc'
) }}
