{{ config(materialized='table') }}

with versions as (
    select
        user_id,
        signup_date,
        device_type,
        country,
        updated_at,
        row_number() over (
            partition by user_id, updated_at
            order by arrival_date desc, file_name desc, line_hash desc
        ) as version_rank
    from {{ ref('stg_users__lines') }}
    where quarantine_reason is null
),

numbered as (
    select
        user_id,
        signup_date,
        device_type,
        country,
        updated_at,
        row_number() over (partition by user_id order by updated_at) as version_number,
        lead(updated_at) over (partition by user_id order by updated_at) as next_updated_at
    from versions
    where version_rank = 1
)

select
    user_id,
    version_number,
    signup_date,
    device_type,
    country,
    updated_at,
    -- what is first known of a user held since sign-up
    case when version_number = 1 then least(signup_date, updated_at) else updated_at end as valid_from,
    next_updated_at as valid_to,
    next_updated_at is null as is_current
from numbered
