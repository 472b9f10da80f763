{#
  landing_users: one row a user with everything that later decides what the user does.
  The first two thirds had signed up before the window begins, so user numbers rise with the sign-up day.
  The last `planted_users` play the fraud cases and do nothing else.

  A user who will cancel a paid plan fades for 20 to 40 days before, nine in ten of them; some who stay fade for
  a while too. So churn can be learnt from behaviour, but not perfectly.
#}
{% macro landing_make_users(size) %}
  {% set known = landing_catalogue() %}
  {% call statement('landing_users') %}
    create or replace temp table landing_users as
    with numbered as (
        select
            u,
            timestamp '{{ size.start }} 00:00:00' as window_start,
            floor({{ size.users }} * 0.65)::int as old_users
        from range(1, {{ size.users }} + 1) as r(u)
    ),

    signed as (
        select
            *,
            date_trunc('minute', case
                -- planted: signed up inside the window, but the row comes three days late
                when u = 31 then window_start + interval 21 day + interval 9 hour
                when u = 32 then window_start + interval 34 day + interval 11 hour
                -- planted: new account that spends at once
                when u = {{ size.users }} - 6 then window_start + interval 25 day + interval 8 hour
                when u = {{ size.users }} - 7 then window_start + interval 38 day + interval 8 hour
                when u > {{ size.users - known.planted_users }} then window_start - interval 90 day
                when u <= old_users then
                    window_start - to_seconds(3600 + floor(
                        (1 - (u - 1 + draw('signup', u)) / old_users) * 400 * 86400)::bigint)
                else
                    window_start + to_seconds(floor(
                        (u - old_users - draw('signup', u)) / ({{ size.users }} - old_users)
                        * {{ size.days }} * 0.9 * 86400)::bigint)
            end) as signup_at
        from numbered
    ),

    drawn as (
        select
            *,
            least(3, floor(draw('device', u) * 3.2))::int as device,
            floor(pow(draw('country', u), 1.5) * {{ known.countries | length }})::int as country,
            greatest(signup_at, window_start) as seen_from,
            window_start + interval {{ size.days }} day as window_end,
            case
                when u in (11, 12, 13, 14, 15, 16, 17, 18, 19, 20) then 'premium'
                when u in (21, 22, 23, 24) then 'business'
                when u in (25, 26) then 'free'
                when draw('plan', u) < 0.42 then 'free'
                when draw('plan', u) < 0.82 then 'premium'
                else 'business'
            end as first_plan,
            0.35 + 0.65 * draw('activity', u) as activity
        from signed
    ),

    changed as (
        select
            *,
            -- a change of device or country; planted for two users
            case
                when u = 3 then window_start + interval 19 day + interval 13 hour
                when u = 5 then window_start + interval 28 day + interval 7 hour
                when u <= {{ size.users - known.planted_users }} and draw('changes', u) < 0.15 then
                    date_trunc('minute', seen_from + interval 2 day
                        + (window_end - seen_from) * (0.8 * draw('changed', u)))
            end as changed_at,
            u in (3, 5) or draw('moves', u) < 0.4 as moves,
            -- an upgrade or downgrade of the plan; planted downgrades for two users
            case
                when u = 21 then window_start + interval 17 day + interval 15 hour
                when u = 22 then window_start + interval 26 day + interval 10 hour
                when u > 30 and draw('replans', u) < 0.12 then
                    date_trunc('minute', seen_from + interval 5 day
                        + (window_end - seen_from) * (0.7 * draw('replanned', u)))
            end as replanned_at,
            u in (21, 22) or draw('downgrades', u) < 0.5 as downgrades,
            -- a cancellation; planted for users 11 to 18
            case
                when u between 11 and 18 then
                    window_start + to_hours((24 * (16 + 3 * (u - 11)) + 12)::bigint)
                when first_plan <> 'free' and u > 30 and u <= {{ size.users - known.planted_users }} then
                    date_trunc('minute', seen_from + interval 12 day
                        + to_seconds(floor(-ln(1 - draw('cancels', u)) * 260 * 86400)::bigint))
            end as cancels_at
        from drawn
    ),

    -- the plan changes only while the subscription runs, and cancellations after the window did not happen yet
    settled as (
        select
            * replace (
                case when cancels_at < window_end then cancels_at end as cancels_at,
                case when changed_at < window_end then changed_at end as changed_at,
                case when replanned_at < least(window_end, coalesce(cancels_at, window_end))
                    then replanned_at end as replanned_at
            ),
            cancels_at as would_cancel_at
        from changed
    )

    select
        u,
        'USR_' || lpad(u::varchar, 5, '0') as user_id,
        signup_at,
        window_start,
        window_end,
        device,
        country,
        changed_at,
        case when changed_at is not null and not moves
            then (device + 1) % {{ known.devices | length }} else device end as later_device,
        case when changed_at is not null and moves
            then (country + 3) % {{ known.countries | length }} else country end as later_country,
        first_plan,
        replanned_at,
        case
            when replanned_at is null then first_plan
            when downgrades and first_plan = 'business' then 'premium'
            when downgrades and first_plan = 'premium' then 'free'
            when first_plan = 'free' then 'premium'
            else 'business'
        end as later_plan,
        cancels_at,
        -- 13 to 18 are deleted after they were cancelled; so are some others
        case
            when u between 13 and 18 then cancels_at + interval 2 day
            when draw('deletes', u) < 0.3 then cancels_at + interval 3 day
        end as deleted_at,
        activity,
        case
            when would_cancel_at is not null and draw('fades', u) < 0.9
                then would_cancel_at - to_days((20 + floor(draw('fade length', u) * 20))::int)
            when draw('rests', u) < 0.15
                then seen_from + (window_end - seen_from) * draw('rest begins', u)
        end as fades_from,
        case
            when would_cancel_at is not null then would_cancel_at
            else seen_from + (window_end - seen_from) * draw('rest begins', u)
                + to_days((10 + floor(draw('rest length', u) * 15))::int)
        end as fades_until,
        0.1 + 0.25 * draw('fade depth', u) as faded
    from settled
  {% endcall %}
{% endmacro %}


{# landing_lines_users: the file lines, a line for each state of a user. #}
{% macro landing_make_user_lines(size) %}
  {% set known = landing_catalogue() %}
  {% set broken = ['unreadable', 'missing_id', 'impossible_date', 'from_the_future'] %}
  {% call statement('landing_lines_users') %}
    create or replace temp table landing_lines_users as
    with states as (
        select
            u * 2 as n, u, user_id, signup_at, device, country, signup_at as updated_at,
            case when u in (31, 32) then signup_at + interval 3 day
                 else greatest(signup_at, window_start) end as arrived_at,
            window_end
        from landing_users

        union all

        select
            u * 2 + 1, u, user_id, signup_at, later_device, later_country, changed_at,
            case when draw('user late', u) < {{ size.late_rate }}
                then changed_at + interval 30 hour else changed_at end,
            window_end
        from landing_users
        where changed_at is not null
    ),

    arrived as (
        select * from states where arrived_at < window_end
    ),

    {{ landing_with_broken('arrived', 'users', broken, size) }}

    select
        n as sort_key,
        arrived_at,
        {{ landing_broken_line(
            landing_csv([
                "case when broken = 'missing_id' then '' else user_id end",
                "case when broken = 'impossible_date' then '2024-13-45 10:00:00'"
                  ~ " else strftime(signup_at, '%Y-%m-%d %H:%M:%S') end",
                landing_list(known.devices) ~ '[device + 1]',
                landing_list(known.countries) ~ '[country + 1]',
                "strftime(updated_at + to_days(case when broken = 'from_the_future' then 400 else 0 end),"
                  ~ " '%Y-%m-%d %H:%M:%S')"
            ])) }} as line
    from lines
  {% endcall %}
{% endmacro %}
