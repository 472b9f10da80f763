{{ config(materialized='incremental', incremental_strategy='merge', unique_key='content_id') }}

{{ latest_versions(
    ref('stg_content_items__lines'),
    key='content_id',
    columns=['content_id', 'user_id', 'content_type', 'created_at']
) }}
