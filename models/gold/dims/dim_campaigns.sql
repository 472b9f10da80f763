{{ config(materialized='table') }}

with known as (
    select campaign_id, campaign_name, channel, goal, started_on, false as is_inferred
    from {{ ref('campaigns') }}
),

-- campaigns that messages mention before the campaign itself is known
inferred as (
    select
        campaign_id,
        cast(null as {{ dbt.type_string() }}) as campaign_name,
        cast(null as {{ dbt.type_string() }}) as channel,
        cast(null as {{ dbt.type_string() }}) as goal,
        min(cast(sent_at as date)) as started_on,
        true as is_inferred
    from {{ ref('stg_campaign_touches') }}
    where campaign_id not in (select campaign_id from known)
    group by campaign_id
)

select * from known
union all
select * from inferred
