{{ config(materialized='incremental', incremental_strategy='merge', unique_key='subscription_id') }}

-- the changes that came since the last run, and beside them the state they meet
with changes as (
    select
        subscription_id,
        user_id,
        plan,
        status,
        monthly_price,
        started_at,
        ends_at,
        lsn,
        op = 'd' as is_deleted,
        committed_at
    from {{ ref('stg_subscription_changes') }}
    where {{ is_new() }}
),

candidates as (
    select changes.*, 1 as is_change from changes
    {% if is_incremental() -%}
    union all
    select
        subscription_id,
        user_id,
        plan,
        status,
        monthly_price,
        started_at,
        ends_at,
        lsn,
        is_deleted,
        committed_at,
        0 as is_change
    from {{ this }}
    where subscription_id in (select subscription_id from changes)
    {%- endif %}
),

-- the highest log position wins; a change that was sent again, corrected, replaces itself
ranked as (
    select
        candidates.*,
        row_number() over (partition by subscription_id order by lsn desc, is_change desc) as state_rank
    from candidates
)

-- a deleted subscription stays, as a tombstone: a change that comes late finds its higher log position
select
    subscription_id,
    user_id,
    plan,
    status,
    monthly_price,
    started_at,
    ends_at,
    lsn,
    is_deleted,
    committed_at,
    {{ processing_timestamp() }} as processing_timestamp
from ranked
where state_rank = 1
