{{ config(materialized='table') }}

with endings as (
    select
        subscription_id,
        user_id,
        case
            when is_deleted or status <> 'active' then valid_from
            when ends_at >= valid_from and ends_at < coalesce(valid_to, timestamp '9999-12-31 00:00:00') then ends_at
        end as ended_at,
        case
            when is_deleted then 'deleted'
            when status <> 'active' then 'cancelled'
            else 'term over'
        end as ending
    from {{ ref('int_subscription_history') }}
    where coalesce(valid_to > valid_from, true)
)

select subscription_id, user_id, ended_at, min(ending) as ending
from endings
where ended_at is not null
group by subscription_id, user_id, ended_at
