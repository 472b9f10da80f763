{{ config(materialized='incremental', incremental_strategy='append') }}

with documents as (
    select
        case when {{ is_json('line') }} then line end as document,
        line,
        line_hash,
        file_name,
        arrival_date
    from {{ ref('bronze_subscription_changes') }}
    where {{ is_new() }}
),

-- a delete tells the row as it was before, everything else the row as it is after
imaged as (
    select
        document,
        nullif({{ json_text('document', 'op') }}, '') as op,
{% for field in ['subscription_id', 'user_id', 'plan', 'status', 'monthly_price', 'started_at', 'ends_at'] %}
        case when {{ json_text('document', 'op') }} = 'd'
            then nullif({{ json_text('document', 'before.' ~ field) }}, '')
            else nullif({{ json_text('document', 'after.' ~ field) }}, '')
        end as {{ field }},
{% endfor %}
        line,
        line_hash,
        file_name,
        arrival_date
    from documents
),

typed as (
    select
        document is not null as is_readable,
        {{ try_whole_number(json_text('document', 'lsn')) }} as lsn,
        op,
        {{ try_timestamp(json_text('document', 'committed_at')) }} as committed_at,
        subscription_id,
        user_id,
        plan,
        status,
        {{ try_money('monthly_price') }} as monthly_price,
        {{ try_timestamp('started_at') }} as started_at,
        {{ try_timestamp('ends_at') }} as ends_at,
        ends_at is not null and {{ try_timestamp('ends_at') }} is null as has_impossible_end,
        line,
        line_hash,
        file_name,
        arrival_date
    from imaged
),

judged as (
    select
        typed.*,
        case
            when not is_readable then 'unreadable'
            when lsn is null then 'missing_id'
            when op is null or op not in ('c', 'u', 'd') then 'unknown_op'
            when subscription_id is null or user_id is null then 'missing_key'
            when plans.plan is null then 'unknown_plan'
            when committed_at is null or started_at is null or has_impossible_end then 'impossible_date'
            when committed_at >= {{ days_later('arrival_date', 1) }} then 'from_the_future'
        end as quarantine_reason
    from typed
    left join {{ ref('plan_limits') }} as plans on plans.plan = typed.plan
)

select
    lsn,
    op,
    committed_at,
    subscription_id,
    user_id,
    plan,
    status,
    monthly_price,
    started_at,
    ends_at,
    quarantine_reason,
    case when quarantine_reason is not null then line end as raw_text,
    line_hash,
    file_name,
    arrival_date,
    {{ processing_timestamp() }} as processing_timestamp
from judged
