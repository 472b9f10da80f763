{#
  landing_transactions: one row a transaction, in the last event of its session. The last numbers belong to
  the planted fraud cases, whose sessions hold no other transaction.
#}
{% macro landing_make_transactions(size) %}
  {% set known = landing_catalogue() %}
  {% set natural_sessions = size.sessions - known.planted_sessions %}
  {% set natural = size.transactions - known.planted_transactions %}
  {% call statement('landing_transactions') %}
    create or replace temp table landing_transactions as
    with planted as (
        -- slot of the session, seconds after its last event, amount in USD
        select * from (values
            (4, 5, 24.5), (5, 5, 61.0), (6, 5, 18.0), (7, 5, 33.3),
            {% for i in range(6) %}
            (10, {{ 5 + 9 * i }}, {{ 39.9 + 10 * i }}), (11, {{ 5 + 9 * i }}, {{ 49.9 + 10 * i }}),
            {% endfor %}
            (14, 30, 420.0), (17, 30, 1650.0),
            (18, 30, 1250.0), (19, 30, 1410.0),
            {% for visit in range(5) %}
            ({{ 20 + visit }}, 10, {{ 30 + visit }}.0), ({{ 25 + visit }}, 10, {{ 45 + visit }}.0),
            ({{ 30 + visit }}, 10, {{ 1100 if visit == 4 else 12 + visit }}.0),
            ({{ 35 + visit }}, 10, {{ 1300 if visit == 4 else 15 + visit }}.0),
            {% endfor %}
            (49, 20, 25.0), (59, 20, 35.0)
        ) as cases (slot, seconds, usd)
    ),

    numbered as (
        select
            t,
            floor((t + 0.9 * draw('session', t)) * {{ natural_sessions }} / {{ natural }})::bigint as s,
            1 + floor(draw('seconds', t) * 40)::int as seconds,
            round(3 + 20 * -ln(1 - 0.999 * draw('amount', t)), 2) as usd
        from range(0, {{ natural }}) as r(t)

        union all

        select
            {{ natural }} - 1 + row_number() over (order by slot, seconds),
            {{ natural_sessions }} + slot,
            seconds,
            usd
        from planted
    )

    select
        t,
        'TXN_' || lpad((t + 1)::varchar, 7, '0') as transaction_id,
        s,
        session_id,
        u,
        user_id,
        usd,
        country,
        -- j-th event at start + j * pace plus at most four fifths of a pace
        start_at + to_seconds((events * pace + seconds)::bigint) as transaction_at,
        planted
    from numbered
    join landing_sessions using (s)
    where events > 0
        and start_at + to_seconds((events * pace + seconds)::bigint)
            < timestamp '{{ size.start }} 00:00:00' + interval {{ size.days }} day
  {% endcall %}
{% endmacro %}


{# landing_lines_transactions and landing_lines_chargebacks #}
{% macro landing_make_transaction_lines(size) %}
  {% set known = landing_catalogue() %}
  {% set broken = ['unreadable', 'missing_id', 'missing_key', 'invalid_amount', 'negative_amount',
    'unknown_currency', 'impossible_date', 'from_the_future'] %}
  {% call statement('landing_lines_transactions') %}
    create or replace temp table landing_lines_transactions as
    with sent as (
        select
            t * 4 as n, *, 1.0 as correction,
            transaction_at + case when planted is null and draw('transaction late', t) < {{ size.late_rate }}
                then to_seconds(7200 + floor(draw('transaction lag', t) * 46 * 3600)::bigint)
                else interval 0 second end as arrived_at
        from landing_transactions
    ),

    repeated as (
        select * from sent
        union all
        select
            n + 1, * exclude (n, correction, arrived_at),
            case when draw('corrected', t) < 0.5 then 1.1 else 1.0 end,
            arrived_at + to_seconds(floor(draw('repeat lag', t) * 40 * 3600)::bigint)
        from sent
        where planted is null and (draw('repeated', t) < {{ size.duplicate_rate }} or t in (7, 8))
    ),

    arrived as (
        select * from repeated
        where arrived_at < timestamp '{{ size.start }} 00:00:00' + interval {{ size.days }} day
    ),

    {{ landing_with_broken('arrived', 'transactions', broken, size) }}

    select
        n as sort_key,
        arrived_at,
        {{ landing_broken_line(
            landing_csv([
                "case when broken = 'missing_id' then '' else transaction_id end",
                "session_id",
                "case when broken = 'missing_key' then '' else user_id end",
                "case when broken = 'invalid_amount' then 'n/a' else case when broken = 'negative_amount' then '-' else '' end"
                  ~ " || (usd * correction * " ~ landing_list(known.per_usd) ~ "[country + 1])::decimal(10, 2)::varchar end",
                "case when broken = 'unknown_currency' then 'XXX' else " ~ landing_list(known.currencies)
                  ~ "[country + 1] end",
                "case when broken = 'impossible_date' then '2024-11-31 10:00:00'"
                  ~ " else strftime(transaction_at + to_days(case when broken = 'from_the_future' then 400 else 0 end),"
                  ~ " '%Y-%m-%d %H:%M:%S') end"
            ])) }} as line
    from lines
  {% endcall %}

  {% set broken = ['unreadable', 'missing_id', 'impossible_date'] %}
  {% call statement('landing_lines_chargebacks') %}
    create or replace temp table landing_lines_chargebacks as
    with disputed as (
        select
            t, transaction_id,
            transaction_at + case
                when planted = 'chargeback' then interval 4 day + interval 6 hour
                else to_seconds((86400 * (5 + 20 * draw('dispute lag', t)))::bigint) end as chargeback_at
        from landing_transactions
        where draw('disputed', t) < 0.015 or planted = 'chargeback'
    ),

    arrived as (
        -- in the order of the disputes: the planted broken lines are the first, so the last week of a sample is clean
        select *, (epoch(chargeback_at)::bigint * 16777216 + t) * 4 as n, chargeback_at as arrived_at
        from disputed
        where chargeback_at < timestamp '{{ size.start }} 00:00:00' + interval {{ size.days }} day
    ),

    {{ landing_with_broken('arrived', 'chargebacks', broken, size, planted_from=1) }}

    select
        n as sort_key,
        arrived_at,
        {{ landing_broken_line(
            landing_csv([
                "case when broken = 'missing_id' then '' else transaction_id end",
                "case when broken = 'impossible_date' then '2024-10-00 10:00:00'"
                  ~ " else strftime(chargeback_at, '%Y-%m-%d %H:%M:%S') end"
            ]), one_in=4) }} as line
    from lines
  {% endcall %}
{% endmacro %}
