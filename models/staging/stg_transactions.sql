{{ config(materialized='incremental', incremental_strategy='merge', unique_key='transaction_id') }}

{{ latest_versions(
    ref('stg_transactions__lines'),
    key='transaction_id',
    columns=['transaction_id', 'session_id', 'user_id', 'amount', 'currency', 'transaction_timestamp']
) }}
