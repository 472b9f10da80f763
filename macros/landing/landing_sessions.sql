{#
  The sessions that play the planted cases: slot (from the end of the session numbers), case, user, start,
  and where a case needs them the device and country of its events (codes of landing_catalogue).
#}
{% macro landing_planted_sessions(size) %}
    select
        slot, planted, u,
        timestamp '{{ size.start }} 00:00:00' + to_days(day::int) + to_seconds(second::bigint) as start_at,
        device, country
    from (values
        (0, 'midnight', 2, 15, 86160, null, null),
        (1, 'midnight', 4, 24, 86220, null, null),
        (2, 'three days', 6, 18, 36000, null, null),
        (3, 'three days', 7, 30, 41000, null, null),
        (4, 'late session', 8, 20, 30000, null, null),
        (5, 'late session', 9, 33, 52000, null, null),
        (6, 'early user', 31, 21, 34000, null, null),
        (7, 'early user', 32, 34, 41000, null, null),
        (8, 'moved event', 1, 22, 40000, null, null),
        (9, 'moved event', 10, 36, 40000, null, null),
        (10, 'burst', {{ size.users }}, 23, 43000, null, null),
        (11, 'burst', {{ size.users - 1 }}, 37, 47000, null, null),
        (12, 'traveller', {{ size.users - 2 }}, 26, 20000, 0, 0),
        (13, 'traveller', {{ size.users - 2 }}, 26, 40000, 1, 6),
        (14, 'traveller', {{ size.users - 2 }}, 26, 60000, 2, 3),
        (15, 'traveller', {{ size.users - 3 }}, 39, 20000, 0, 1),
        (16, 'traveller', {{ size.users - 3 }}, 39, 40000, 2, 9),
        (17, 'traveller', {{ size.users - 3 }}, 39, 60000, 3, 7),
        (18, 'new account', {{ size.users - 6 }}, 25, 36000, null, null),
        (19, 'new account', {{ size.users - 7 }}, 38, 36000, null, null),
        {% for visit in range(5) %}
        ({{ 20 + visit }}, 'chargeback', {{ size.users - 4 }}, {{ 4 + 7 * visit }}, 50000, null, null),
        ({{ 25 + visit }}, 'chargeback', {{ size.users - 5 }}, {{ 6 + 7 * visit }}, 54000, null, null),
        ({{ 30 + visit }}, 'odd amount', {{ size.users - 8 }}, {{ 5 + 6 * visit }}, 45000, null, null),
        ({{ 35 + visit }}, 'odd amount', {{ size.users - 9 }}, {{ 8 + 6 * visit }}, 39000, null, null),
        {% endfor %}
        {% for visit in range(10) %}
        ({{ 40 + visit }}, 'many sessions', {{ size.users - 10 }}, 27, {{ 20000 + 5000 * visit }}, null, null),
        ({{ 50 + visit }}, 'many sessions', {{ size.users - 11 }}, 40, {{ 20000 + 5000 * visit }}, null, null)
        {{- ',' if not loop.last }}
        {% endfor %}
    ) as cases (slot, planted, u, day, second, device, country)
{% endmacro %}


{#
  landing_sessions: one row a session: who, when, how many events. The session's day follows from its number.
  Its user is the first of five drawn users who had signed up and, by a draw against their activity, came.
#}
{% macro landing_make_sessions(size) %}
  {% set known = landing_catalogue() %}
  {% set natural = size.sessions - known.planted_sessions %}
  {% set crowd = size.users - known.planted_users %}
  {% call statement('landing_sessions') %}
    create or replace temp table landing_sessions as
    with planted as (
        {{ landing_planted_sessions(size) }}
    ),

    -- session s has the events from its own first number up to the next session's
    counted as (
        select
            s,
            floor((s + case when s between 1 and {{ natural - 1 }} then 0.7 * draw('events', s) else 0 end)
                * {{ size.events }} / {{ size.sessions }})::bigint as first_event
        from range(0, {{ size.sessions }} + 1) as r(s)
    ),

    numbered as (
        select s, first_event, lead(first_event) over (order by s) - first_event as events
        from counted
    ),

    timed as (
        select
            s,
            timestamp '{{ size.start }} 00:00:00' + to_days(floor(s * {{ size.days }} / {{ natural }})::int)
                + to_seconds(21600 + floor((draw('hour', s) + draw('hour again', s)) / 2 * 64000)::bigint)
                as start_at
            {%- for i in range(5) %},
            1 + floor(draw('user {{ i }}', s) * {{ crowd }})::int as u{{ i }},
            draw('comes {{ i }}', s) as comes{{ i }}
            {%- endfor %},
            -- when nobody came: one of those who had signed up before the window
            1 + floor(draw('anyone', s) * {{ (size.users * 0.6) | int }})::int as anyone
        from range(0, {{ natural }}) as r(s)
    ),

    chosen as (
        select
            timed.s,
            timed.start_at,
            coalesce(
                {%- for i in range(5) %}
                case when user{{ i }}.signup_at <= start_at and comes{{ i }} < user{{ i }}.activity
                    * case when start_at >= user{{ i }}.cancels_at then 0.08
                           when start_at >= user{{ i }}.fades_from and start_at < user{{ i }}.fades_until
                               then user{{ i }}.faded
                           else 1 end
                    then u{{ i }} end,
                {%- endfor %}
                anyone
            ) as u
        from timed
        {%- for i in range(5) %}
        join landing_users as user{{ i }} on user{{ i }}.u = timed.u{{ i }}
        {%- endfor %}
    ),

    everyone as (
        select s, null as planted, u, start_at, null as device, null as country from chosen
        union all
        select {{ natural }} + slot, planted, u, start_at, device, country from planted
    )

    select
        numbered.s,
        'SES_' || lpad((numbered.s + 1)::varchar, 6, '0') as session_id,
        everyone.planted,
        everyone.u,
        landing_users.user_id,
        everyone.start_at,
        numbered.first_event,
        numbered.events::int as events,
        case when everyone.planted is null then 15 + floor(draw('pace', numbered.s) * 200)::int else 120 end as pace,
        coalesce(everyone.device,
            case when start_at >= changed_at then later_device else landing_users.device end)::tinyint as device,
        coalesce(everyone.country,
            case when start_at >= changed_at then later_country else landing_users.country end)::tinyint as country
    from numbered
    join everyone using (s)
    join landing_users using (u)
  {% endcall %}
{% endmacro %}


{#
  landing_events: one row a line to write. `sent` is 0 for the event itself, 1 for a repetition, 2 for a
  repetition that differs; `broken` names what is wrong with a spoilt copy.
  One md5 an event feeds all its draws, sixteen bits each: this is the table with millions of rows.
#}
{% macro landing_make_events(size) %}
  {% set broken = ['unreadable', 'missing_id', 'missing_key', 'unknown_event_type', 'impossible_date', 'from_the_future'] %}
  {% set planted_from = 101 %}
  {% call statement('landing_event_base') %}
    create or replace temp table landing_event_base as
    with exploded as (
        select
            s, planted, u, start_at, pace, device, country, events,
            converts.s is not null as converts,
            unnest(range(0, landing_sessions.events)) as j,
            first_event
        from landing_sessions
        left join (select distinct s from landing_transactions) as converts using (s)
    ),

    hashed as (
        select
            first_event + j as e, s, u, planted, j, start_at, pace, device, country,
            converts and j = events - 1 as purchase,
            md5_number_lower('{{ size.seed }}:event:' || (first_event + j)) as h,
            md5_number_upper('{{ size.seed }}:event:' || (first_event + j)) as g
        from exploded
    ),

    drawn as (
        select
            e, s, u, planted, j, device, country, purchase,
            start_at + to_seconds((j * pace + ((h & 65535) * pace * 4) // (65536 * 5))::bigint) as event_at,
            ((h >> 16) & 65535)::int as type_draw,
            ((h >> 32) & 65535) / 65536.0 as late_draw,
            ((h >> 48) & 65535) / 65536.0 as lag_draw,
            (g & 65535) / 65536.0 as repeat_draw,
            ((g >> 16) & 65535) / 65536.0 as broken_draw,
            ((g >> 32) & 65535)::int as page_draw,
            ((g >> 48) & 65535)::int as detail_draw
        from hashed
    )

    select
        e, s, u, planted, j, event_at, page_draw, detail_draw, repeat_draw, lag_draw,
        case
            when purchase then 4
            when j = 0 or type_draw < 30000 then 0
            when type_draw < 46000 then 1
            when type_draw < 54000 then 2
            when type_draw < 59000 then 3
            else 5
        end::tinyint as event_type,
        device, country,
        case
            when planted = 'three days' then event_at + to_days(least(j, 2)::int)
            when planted = 'late session' then event_at + interval 30 hour
            when late_draw < {{ size.late_rate }}
                and event_at + to_seconds(7200 + floor(lag_draw * 46 * 3600)::bigint) < timestamp '{{ size.start }} 00:00:00' + interval {{ size.days }} day
                then event_at + to_seconds(7200 + floor(lag_draw * 46 * 3600)::bigint)
            else event_at
        end as arrived_at,
        case
            when e between {{ planted_from }} and {{ planted_from + 2 * broken | length - 1 }}
                then (1 + (e - {{ planted_from }}) // 2)::tinyint
            when broken_draw < {{ size.corrupt_rate }} then (1 + e % {{ broken | length }})::tinyint
        end as broken
    from drawn
    -- a session that begins on the last evening may run past the end of the window
    where event_at < timestamp '{{ size.start }} 00:00:00' + interval {{ size.days }} day
  {% endcall %}
  {% call statement('landing_events') %}
    create or replace temp table landing_events as
    select
        e * 4 as n, e, s, u, j, 0::tinyint as sent, null::varchar as broken,
        planted is not distinct from 'moved event' and j = 1 as misplaced,
        event_at, arrived_at, event_type, device, country, page_draw, detail_draw
    from landing_event_base
  {% endcall %}
  {% call statement('landing_events_again') %}
    insert into landing_events
    select
        e * 4 + 1, e, s, u, j,
        case when planted = 'moved event' or page_draw % 2 = 0 then 2 else 1 end, null, false,
        event_at, arrived_at + to_seconds(floor(lag_draw * 40 * 3600)::bigint),
        event_type, device, country, page_draw, detail_draw
    from landing_event_base
    where (repeat_draw < {{ size.duplicate_rate }} or (planted = 'moved event' and j = 1))
        and arrived_at + to_seconds(floor(lag_draw * 40 * 3600)::bigint)
            < timestamp '{{ size.start }} 00:00:00' + interval {{ size.days }} day
    union all
    select
        e * 4 + 3, e, s, u, j, 0, {{ landing_list(broken) }}[broken], false,
        event_at, arrived_at, event_type, device, country, page_draw, detail_draw
    from landing_event_base
    where broken is not null
  {% endcall %}
{% endmacro %}


{# The text of an event, built only when its file is written. #}
{% macro landing_event_line() %}
  {%- set known = landing_catalogue() -%}
  {%- set url -%}
    case event_type when 4 then '/checkout' when 2 then '/search?q=' || (page_draw % 97) when 3 then '/cart'
        else ['/articles/', '/timelines/', '/quizzes/', '/projects/'][1 + page_draw % 4] || (page_draw // 64 + 1) end
        || case when sent = 2 then '?corrected' else '' end
  {%- endset -%}
  {%- set line -%}
    '{"event_id":' || case when broken = 'missing_id' then 'null' else '"EVT_' || lpad((e + 1)::varchar, 8, '0') || '"' end
    || ',"session_id":"SES_' || lpad((s + 1 - case when misplaced then 1 else 0 end)::varchar, 6, '0')
    || case when broken = 'missing_key' then '","user_id":null' else '","user_id":"USR_' || lpad(u::varchar, 5, '0') || '"' end
    || ',"event_type":"' || case when broken = 'unknown_event_type' then 'teleport'
        else ['page_view', 'click', 'search', 'add_to_cart', 'purchase', 'share'][1 + event_type] end
    || '","event_timestamp":"' || case
        when broken = 'impossible_date' then '2024-02-31T25:61:00'
        when broken = 'from_the_future' then strftime(arrived_at + interval 400 day, '%Y-%m-%dT%H:%M:%S')
        else strftime(event_at, '%Y-%m-%dT%H:%M:%S') end
    || '","event_details":{"page_url":"' || {{ url }} || '"'
    || case when detail_draw % 10 = 0 then ''
        else ',"device_type":"' || {{ landing_list(known.devices) }}[device + 1] || '"' end
    || case when (detail_draw // 10) % 10 = 0 then ''
        else ',"ip_country":"' || {{ landing_list(known.countries) }}[1 + case
            when (detail_draw // 100) % 50 = 0 then (country + 1) % {{ known.countries | length }} else country end] || '"' end
    || '}}'
  {%- endset -%}
  {{ landing_broken_line(line) }}
{%- endmacro %}
