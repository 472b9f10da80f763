{#
  landing_lines_subscription_changes: the change feed of the subscriptions table. Every user holds a plan from
  sign-up on. Planted: users 11 and 12 cancel, 13 to 18 cancel and are deleted, 19 and 20 are deleted outright;
  of 15 and 16 a change with a lower lsn arrives two days after the delete; 21 and 22 downgrade; 27 and 28 hold
  a fixed term that ends.
#}
{% macro landing_make_subscription_lines(size) %}
  {% set broken = ['unreadable', 'missing_id', 'unknown_op', 'unknown_plan', 'impossible_date'] %}
  {% call statement('landing_lines_subscription_changes') %}
    create or replace temp table landing_lines_subscription_changes as
    with changes as (
        select u, 1 as step, 'c' as op, signup_at as committed_at, first_plan as plan, 'active' as status,
            case
                when u in (27, 28) then window_start + to_days((u + 10)::int)
                when u > 30 and draw('fixed term', u) < 0.04 and first_plan <> 'free' then
                    date_trunc('day', greatest(signup_at, window_start)) + to_days((20 + floor(draw('term', u) * 200))::int)
            end as ends_at
        from landing_users

        union all

        select u, 2, 'u', replanned_at, later_plan, 'active', null
        from landing_users where replanned_at is not null

        union all

        select u, 3, 'u', cancels_at, later_plan, 'cancelled', cancels_at
        from landing_users where cancels_at is not null

        union all

        select u, 4, 'd', deleted_at, later_plan, 'cancelled', null
        from landing_users where deleted_at < window_end

        union all

        select u, 4, 'd', window_start + to_days((u + 11)::int) + interval 16 hour, later_plan, 'active', null
        from landing_users where u in (19, 20)

        union all

        -- committed before the delete, delivered after it
        select u, 5, 'u', deleted_at - interval 1 hour, later_plan, 'cancelled', cancels_at
        from landing_users where u in (15, 16)
    ),

    logged as (
        select
            changes.*,
            landing_users.user_id,
            landing_users.signup_at,
            'SUB_' || lpad(u::varchar, 5, '0') as subscription_id,
            1000 + 10 * row_number() over (order by committed_at, u, step) as lsn,
            case plan when 'premium' then 9.99 when 'business' then 29.99 else 0.00 end::decimal(10, 2) as monthly_price,
            greatest(committed_at, window_start) as seen_at,
            window_end
        from changes
        join landing_users using (u)
    ),

    imaged as (
        select
            *,
            json_object(
                'subscription_id', subscription_id, 'user_id', user_id, 'plan', plan, 'status', status,
                'monthly_price', monthly_price,
                'started_at', strftime(signup_at, '%Y-%m-%dT%H:%M:%S'),
                'ends_at', strftime(ends_at, '%Y-%m-%dT%H:%M:%S')) as image
        from logged
    ),

    chained as (
        select *, lag(image) over (partition by u order by lsn) as image_before
        from imaged
    ),

    sent as (
        select
            lsn * 4 as n, *,
            case
                when step = 5 then committed_at + interval 50 hour
                when draw('change late', lsn) < {{ size.late_rate }} then seen_at + interval 26 hour
                else seen_at
            end as arrived_at
        from chained
    ),

    repeated as (
        select * from sent
        union all
        select * replace (n + 1 as n, arrived_at + interval 1 day as arrived_at)
        from sent
        where draw('change repeated', lsn) < {{ size.duplicate_rate }}
    ),

    arrived as (
        select * from repeated where arrived_at < window_end
    ),

    {{ landing_with_broken('arrived', 'subscription_changes', broken, size) }}

    select
        n as sort_key,
        arrived_at,
        {% set line -%}
        '{"op":"' || case when broken = 'unknown_op' then 'x' else op end
            || '","lsn":' || case when broken = 'missing_id' then 'null' else lsn::varchar end
            || ',"committed_at":"' || case when broken = 'impossible_date' then '2024-10-32T00:00:00'
                else strftime(committed_at, '%Y-%m-%dT%H:%M:%S') end
            || '","before":' || case when op = 'c' then 'null' else coalesce(image_before::varchar, 'null') end
            || ',"after":' || case when op = 'd' then 'null'
                when broken = 'unknown_plan' then replace(image::varchar, '"plan":"', '"plan":"super_')
                else image::varchar end
            || '}'
        {%- endset %}
        {{ landing_broken_line(line) }} as line
    from lines
  {% endcall %}
{% endmacro %}
