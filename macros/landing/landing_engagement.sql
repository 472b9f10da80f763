{#
  landing_lines_content_items: about one item for ten events, by users who had signed up. Planted: users 25 and
  26, on the free plan, create ten items within a month.
#}
{% macro landing_make_content_lines(size) %}
  {% set known = landing_catalogue() %}
  {% set broken = ['unreadable', 'missing_id', 'missing_key', 'unknown_content_type', 'impossible_date'] %}
  {% set crowd = size.users - known.planted_users %}
  {% call statement('landing_lines_content_items') %}
    create or replace temp table landing_lines_content_items as
    with wanted as (
        select
            c,
            timestamp '{{ size.start }} 00:00:00'
                + to_seconds(floor((c + draw('content time', c)) * 86400 * {{ size.days }} / {{ size.events // 10 }})::bigint)
                as created_at
            {%- for i in range(3) %},
            1 + floor(draw('author {{ i }}', c) * {{ crowd }})::int as u{{ i }}
            {%- endfor %}
        from range(0, {{ size.events // 10 }}) as r(c)
    ),

    authored as (
        select
            c,
            created_at,
            coalesce(
                {%- for i in range(3) %}
                case when user{{ i }}.signup_at <= created_at and draw('writes {{ i }}', c) < user{{ i }}.activity
                    * case when created_at >= user{{ i }}.cancels_at then 0.05
                           when created_at >= user{{ i }}.fades_from and created_at < user{{ i }}.fades_until
                               then user{{ i }}.faded
                           else 1 end
                    then user{{ i }}.user_id end
                {{- ',' if not loop.last }}
                {%- endfor %}
            ) as user_id
        from wanted
        {%- for i in range(3) %}
        join landing_users as user{{ i }} on user{{ i }}.u = wanted.u{{ i }}
        {%- endfor %}
    ),

    planted as (
        select
            {{ size.events // 10 }} + u * 10 + k as c,
            timestamp '{{ size.start }} 00:00:00' + to_days((32 + k)::int) + interval 14 hour as created_at,
            user_id
        from landing_users, range(0, 10) as r(k)
        where u in (25, 26)
    ),

    sent as (
        select
            c * 4 as n, c, user_id, date_trunc('second', created_at) as created_at,
            created_at + case when draw('content late', c) < {{ size.late_rate }}
                then interval 20 hour else interval 0 hour end as arrived_at
        from (
            select * from authored where user_id is not null
            union all
            select * from planted
        )
    ),

    arrived as (
        select * from sent
        where arrived_at < timestamp '{{ size.start }} 00:00:00' + interval {{ size.days }} day
    ),

    {{ landing_with_broken('arrived', 'content_items', broken, size) }}

    select
        n as sort_key,
        arrived_at,
        {{ landing_broken_line(
            landing_csv([
                "case when broken = 'missing_id' then '' else 'CNT_' || lpad((c + 1)::varchar, 7, '0') end",
                "case when broken = 'missing_key' then '' else user_id end",
                "case when broken = 'unknown_content_type' then 'hologram' else pick("
                  ~ landing_list(known.content_types) ~ ", pow(draw('content type', c), 1.4)) end",
                "case when broken = 'impossible_date' then '2024-00-10 10:00:00'"
                  ~ " else strftime(created_at, '%Y-%m-%d %H:%M:%S') end"
            ])) }} as line
    from lines
  {% endcall %}
{% endmacro %}


{#
  landing_lines_campaign_touches: half as many touches as sessions, a third of the lines being repetitions that
  tell of an opening, a click or a conversion.
#}
{% macro landing_make_campaign_lines(size) %}
  {% set known = landing_catalogue() %}
  {% set broken = ['unreadable', 'missing_id', 'missing_key', 'impossible_date'] %}
  {% set touches = size.sessions // 2 %}
  {% call statement('landing_lines_campaign_touches') %}
    create or replace temp table landing_lines_campaign_touches as
    with wanted as (
        select
            k,
            date_trunc('second', timestamp '{{ size.start }} 00:00:00'
                + to_seconds(floor((k + draw('touch time', k)) * 86400 * {{ size.days }} / {{ touches }})::bigint)) as sent_at,
            1 + floor(draw('reader', k) * {{ size.users - known.planted_users }})::int as u
        from range(0, {{ touches }}) as r(k)
    ),

    touched as (
        select
            k, user_id, sent_at,
            case when draw('opens', k) < 0.45 * case
                    when sent_at >= cancels_at then 0.1
                    when sent_at >= fades_from and sent_at < fades_until then 0.4
                    else 1 end
                then sent_at + to_seconds((600 + 90000 * draw('open lag', k))::bigint) end as opened_at
        from wanted
        join landing_users using (u)
        where signup_at <= sent_at
    ),

    clicked as (
        select *, case when draw('clicks', k) < 0.35
            then opened_at + to_seconds((20 + 600 * draw('click lag', k))::bigint) end as clicked_at
        from touched
    ),

    converted as (
        select *, case when draw('converts', k) < 0.3
            then clicked_at + to_seconds((300 + 90000 * draw('convert lag', k))::bigint) end as converted_at
        from clicked
    ),

    states as (
        select k * 16 as n, k, user_id, sent_at, null::timestamp as opened_at, null::timestamp as clicked_at,
            null::timestamp as converted_at, sent_at as updated_at
        from converted
        union all
        select k * 16 + 4, k, user_id, sent_at, opened_at, null, null, opened_at
        from converted where opened_at is not null
        union all
        select k * 16 + 8, k, user_id, sent_at, opened_at, clicked_at, null, clicked_at
        from converted where clicked_at is not null
        union all
        select k * 16 + 12, k, user_id, sent_at, opened_at, clicked_at, converted_at, converted_at
        from converted where converted_at is not null
    ),

    arrived as (
        select *, updated_at + case when draw('touch late', n) < {{ size.late_rate }}
            then interval 22 hour else interval 0 hour end as arrived_at
        from states
        where updated_at + case when draw('touch late', n) < {{ size.late_rate }}
            then interval 22 hour else interval 0 hour end
            < timestamp '{{ size.start }} 00:00:00' + interval {{ size.days }} day
    ),

    {{ landing_with_broken('arrived', 'campaign_touches', broken, size) }}

    select
        n as sort_key,
        arrived_at,
        {{ landing_broken_line(
            landing_csv([
                "case when broken = 'missing_id' then '' else 'TCH_' || lpad((k + 1)::varchar, 7, '0') end",
                "pick(" ~ landing_list(known.campaigns) ~ ", draw('campaign', k))",
                "case when broken = 'missing_key' then '' else user_id end",
                "case when broken = 'impossible_date' then 'yesterday' else strftime(sent_at, '%Y-%m-%d %H:%M:%S') end",
                "coalesce(strftime(opened_at, '%Y-%m-%d %H:%M:%S'), '')",
                "coalesce(strftime(clicked_at, '%Y-%m-%d %H:%M:%S'), '')",
                "coalesce(strftime(converted_at, '%Y-%m-%d %H:%M:%S'), '')",
                "strftime(updated_at, '%Y-%m-%d %H:%M:%S')"
            ])) }} as line
    from lines
  {% endcall %}
{% endmacro %}
