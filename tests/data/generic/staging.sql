{#
  Every bronze line is accounted for: bronze = kept + superseded + quarantined. To stand on the typed lines:
  `bronze` is where they come from, `kept` the staged table with one row for each `id`.
  A line is superseded when it is valid and another line of its id is kept instead.
#}
{% test nothing_lost(model, bronze, kept, quarantine, id) %}

with counts as (
    select
        (select count(*) from {{ bronze }}) as bronze_lines,
        (select count(*) from {{ kept }}) as kept_rows,
        (select count(*) from {{ quarantine }}) as quarantined_lines,
        (
            select coalesce(sum(versions - 1), 0)
            from (
                select lines.{{ id }}, count(*) as versions
                from {{ model }} as lines
                inner join {{ kept }} as kept on kept.{{ id }} = lines.{{ id }}
                where lines.quarantine_reason is null
                group by lines.{{ id }}
            ) as ids
        ) as superseded_lines
)

select * from counts
where bronze_lines <> kept_rows + superseded_lines + quarantined_lines

{% endtest %}


{#
  The share of quarantined lines among those that arrived in the last seven days warns above 1 % and fails above
  5 %. Below 1,000 lines it only warns: a few bad lines in a small file say little. Counted in hundredths of a
  percent, because a test's result is a whole number.
#}
{% test quarantine_rate(model) %}

{{ config(fail_calc='coalesce(max(basis_points), 0)', warn_if='> 100', error_if='> 500') }}

with last_days as (
    select quarantine_reason
    from {{ model }}
    where arrival_date > (select {{ days_later('max(arrival_date)', -7) }} from {{ model }})
),

rates as (
    select
        count(*) as all_lines,
        count(quarantine_reason) as quarantined_lines,
        cast(ceil(10000.0 * count(quarantine_reason) / nullif(count(*), 0)) as integer) as basis_points
    from last_days
)

select
    all_lines,
    quarantined_lines,
    case when all_lines < 1000 then least(basis_points, 500) else basis_points end as basis_points
from rates

{% endtest %}
