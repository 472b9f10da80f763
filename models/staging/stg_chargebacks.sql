{{ config(materialized='incremental', incremental_strategy='merge', unique_key='transaction_id') }}

{{ latest_versions(
    ref('stg_chargebacks__lines'),
    key='transaction_id',
    columns=['transaction_id', 'chargeback_at']
) }}
