{{ config(materialized='table') }}

with bounds as (
    select
        cast(date_trunc('year', min(first_day)) as date) as first_day,
        cast({{ moved("date_trunc('year', max(last_day))", 1, 'year') }} as date) as next_year
    from (
        select min(valid_from) as first_day, cast(null as {{ timestamp_type() }}) as last_day
        from {{ ref('int_user_history') }}
        union all
        select min(session_start_time), max(session_start_time) from {{ ref('int_sessions') }}
        union all
        select min(transaction_timestamp), max(transaction_timestamp) from {{ ref('stg_transactions') }}
        union all
        select min(created_at), max(created_at) from {{ ref('stg_content_items') }}
        union all
        select min(sent_at), max(sent_at) from {{ ref('stg_campaign_touches') }}
        union all
        select cast(as_of_date as {{ timestamp_type() }}), cast(as_of_date as {{ timestamp_type() }})
        from {{ ref('int_as_of') }}
    ) as moments
),

days as (
    select spine.day as date_day
    from bounds
    cross join {{ each_day('bounds.first_day', days_later('bounds.next_year', -1), 'spine') }}
)

select
    date_day,
    cast(extract(year from date_day) as integer) as year_number,
    cast(extract(quarter from date_day) as integer) as quarter_of_year,
    cast(extract(month from date_day) as integer) as month_of_year,
    cast(extract(day from date_day) as integer) as day_of_month,
    cast({{ iso_day_of_week('date_day') }} as integer) as day_of_week,
    {{ month_name('date_day') }} as month_name,
    {{ day_name('date_day') }} as day_name,
    {{ iso_day_of_week('date_day') }} in (6, 7) as is_weekend,
    cast(date_trunc('week', date_day) as date) as week_start,
    cast(date_trunc('month', date_day) as date) as month_start,
    cast(date_trunc('quarter', date_day) as date) as quarter_start
from days
