{#
  For models with a row for each day: which days a run computes. The first run computes all days from the first
  arrival to the as-of date; a later one goes back to the earliest day that new rows touch.
#}

{#
  A date literal: the first day to compute. `day` is the model's own column of days; `touched` are queries of one
  column, the days that new rows touch. Never later than the day after the last one computed.
#}
{% macro first_day_to_compute(day, as_of, touched) -%}
    {%- set found = none -%}
    {%- if execute and is_incremental() -%}
        {%- set earliest -%}
            select cast(min(day) as varchar)
            from (
                select {{ days_later('max(' ~ day ~ ')', 1) }} as day from {{ this }}
                union all
                -- a file from before the first one: everything has more history than it had
                select min(first_day) from {{ as_of }}
                where first_day < (select min({{ day }}) from {{ this }})
                {%- for query in touched %}
                union all
                select min(day) from ({{ query }}) as touched_{{ loop.index }} (day)
                {%- endfor %}
            ) as days
        {%- endset -%}
        {%- set found = run_query(earliest).rows[0][0] -%}
    {%- endif -%}
    date '{{ found or "1900-01-01" }}'
{%- endmacro %}


{# A query of days: sign-up days of users who are new, or whose sign-up day lines tell differently. #}
{% macro touched_signup_days(user_lines) -%}
    select cast(min(signup_date) as date)
    from {{ user_lines }}
    where quarantine_reason is null and user_id in ({{ new_ids(user_lines, 'user_id') }})
    group by user_id
    having {{ is_new('min(processing_timestamp)') }} or count(distinct signup_date) > 1
{%- endmacro %}


{# A query of days: those from which new changes of subscriptions hold. #}
{% macro touched_subscription_days(change_lines) -%}
    select cast(committed_at as date)
    from {{ change_lines }}
    where quarantine_reason is null and lsn in ({{ new_ids(change_lines, 'lsn') }})
{%- endmacro %}


{#
  A statement for before a merge, which never deletes: removes the days before a user signed up, when the sign-up
  turns out to be later than it was known to be.
#}
{% macro forget_days_before_signup(day, users, user_lines) -%}
    {%- if is_incremental() -%}
    delete from {{ this }}
    where user_id in ({{ new_ids(user_lines, 'user_id') }})
        and {{ day }} < (
            select cast(max(users.signup_date) as date) from {{ users }} as users where users.user_id = {{ this.identifier }}.user_id
        )
    {%- endif -%}
{%- endmacro %}


{# The day as a number, so that window frames can count in days on every engine. #}
{% macro day_number(day) %}{{ days_between("date '2000-01-01'", day) }}{% endmacro %}


{# The frame of the days up to the current one; with `until`, those that ended so many days before it. #}
{% macro last_days(days, until=0) -%}
    range between {{ days - 1 + until }} preceding and {{ until ~ ' preceding' if until else 'current row' }}
{%- endmacro %}


{#
  The quintile, 1 to 5, of an ordering from the worst to the best within a day. Equal values get one score: that of
  the first of them. `ordering` is the ORDER BY, worst first.
#}
{% macro quintile(day, ordering) -%}
    cast(floor(
        cast(5 * (rank() over (partition by {{ day }} order by {{ ordering }}) - 1) as double)
        / count(*) over (partition by {{ day }})
    ) as integer) + 1
{%- endmacro %}
