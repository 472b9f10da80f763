{{ config(materialized='table') }}

with known as (
    select
        user_id,
        version_number,
        signup_date,
        device_type,
        country,
        valid_from,
        valid_to,
        is_current,
        false as is_inferred
    from {{ ref('int_user_history') }}
),

mentioned as (
    select user_id, session_start_time as mentioned_at from {{ ref('int_sessions') }}
    union all
    select user_id, transaction_timestamp as mentioned_at from {{ ref('stg_transactions') }}
    union all
    select user_id, created_at as mentioned_at from {{ ref('stg_content_items') }}
    union all
    select user_id, sent_at as mentioned_at from {{ ref('stg_campaign_touches') }}
    union all
    select user_id, committed_at as mentioned_at from {{ ref('stg_subscription_changes') }}
),

-- users whose own row has not arrived: a row so that every fact finds its user
inferred as (
    select
        user_id,
        0 as version_number,
        cast(null as {{ timestamp_type() }}) as signup_date,
        cast(null as {{ dbt.type_string() }}) as device_type,
        cast(null as {{ dbt.type_string() }}) as country,
        min(mentioned_at) as valid_from,
        cast(null as {{ timestamp_type() }}) as valid_to,
        true as is_current,
        true as is_inferred
    from mentioned
    where user_id not in (select user_id from {{ ref('int_user_history') }})
    group by user_id
),

everyone as (
    select * from known
    union all
    select * from inferred
)

select
    {{ dbt.concat(['everyone.user_id', "'-'", 'cast(everyone.version_number as ' ~ dbt.type_string() ~ ')']) }} as user_key,
    everyone.user_id,
    everyone.version_number,
    everyone.signup_date,
    everyone.device_type,
    everyone.country,
    countries.country_name,
    countries.region,
    everyone.valid_from,
    everyone.valid_to,
    everyone.is_current,
    everyone.is_inferred,
    {{ processing_timestamp() }} as processing_timestamp
from everyone
left join {{ ref('countries') }} as countries on countries.country = everyone.country
