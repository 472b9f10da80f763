{{ config(materialized='incremental', incremental_strategy='merge', unique_key='user_id') }}

with fresh as (
    select
        user_id,
        signup_date,
        device_type,
        country,
        updated_at,
        line_hash,
        file_name,
        arrival_date
    from {{ ref('stg_users__lines') }}
    where quarantine_reason is null and {{ is_new() }}
),

-- the version kept so far stands again, beside the new ones
candidates as (
    select * from fresh
    {% if is_incremental() -%}
    union all
    select
        user_id,
        signup_date,
        device_type,
        country,
        updated_at,
        line_hash,
        file_name,
        arrival_date
    from {{ this }}
    where user_id in (select user_id from fresh)
    {%- endif %}
),

ranked as (
    select
        candidates.*,
        row_number() over (
            partition by user_id
            order by updated_at desc, arrival_date desc, file_name desc, line_hash desc
        ) as version_rank
    from candidates
)

select
    user_id,
    signup_date,
    device_type,
    country,
    updated_at,
    line_hash,
    file_name,
    arrival_date,
    {{ processing_timestamp() }} as processing_timestamp
from ranked
where version_rank = 1
