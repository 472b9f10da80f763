{# SQL expressions joined into one CSV line; no value holds a comma. #}
{% macro landing_csv(values) -%}
  {%- for value in values -%}
    ({{ value }}){{ " || ',' || " if not loop.last }}
  {%- endfor -%}
{%- endmacro %}


{#
  Two CTEs, `spoilt` and `lines`: the rows of `from_cte` and, besides them, spoilt copies of some: of corrupt_rate
  of the rows, and, planted, of two consecutive rows for each way of being broken, from the `planted_from`-th row on.
#}
{% macro landing_with_broken(from_cte, source, broken, size, planted_from=11) %}
  {% set planted_to = planted_from - 1 + 2 * broken | length %}
    spoilt as (
        select
            *,
            row_number() over (order by n) as ordinal,
            draw('broken {{ source }}', n) as broken_draw
        from {{ from_cte }}
    ),

    lines as (
        select *, null::varchar as broken from spoilt
        union all
        select * replace (n + 2 as n), {{ landing_list(broken) }}[
            case when ordinal between {{ planted_from }} and {{ planted_to }}
                then 1 + (ordinal - {{ planted_from }}) // 2 else 1 + ordinal % {{ broken | length }} end]
        from spoilt
        where broken_draw < {{ size.corrupt_rate }} or ordinal between {{ planted_from }} and {{ planted_to }}
    )
{% endmacro %}


{# A line cut off where it is to be unreadable, so that one part of so many is left, else the line. #}
{% macro landing_broken_line(line, one_in=2) -%}
    case when broken = 'unreadable' then left({{ line }}, length({{ line }}) // {{ one_in }}) else {{ line }} end
{%- endmacro %}


{#
  Writes every source: a file an arrival day, and on two days a second file (`_2`), which stands for a file that
  is delivered days later. A line lies in the file of the day it arrived.
#}
{% macro landing_write(size, path) %}
  {% set sources = [
    {'name': 'users', 'type': 'csv', 'header': 'user_id,signup_date,device_type,country,updated_at'},
    {'name': 'events', 'type': 'jsonl', 'header': none},
    {'name': 'transactions', 'type': 'csv',
     'header': 'transaction_id,session_id,user_id,amount,currency,transaction_timestamp'},
    {'name': 'chargebacks', 'type': 'csv', 'header': 'transaction_id,chargeback_at'},
    {'name': 'subscription_changes', 'type': 'jsonl', 'header': none},
    {'name': 'content_items', 'type': 'csv', 'header': 'content_id,user_id,content_type,created_at'},
    {'name': 'campaign_touches', 'type': 'csv',
     'header': 'touch_id,campaign_id,user_id,sent_at,opened_at,clicked_at,converted_at,updated_at'}
  ] %}
  {% set first_day = modules.datetime.datetime.strptime(size.start, '%Y-%m-%d') %}
  {% set split_days = [20, 35] %}

  {# the files to come; anything else that lies there would be loaded too and spoil the data #}
  {% set ours = {} %}
  {% for source in sources %}
    {% for n in range(size.days) %}
      {% set day = (first_day + modules.datetime.timedelta(days=n)).strftime('%Y-%m-%d') %}
      {% do ours.update({source.name ~ '_' ~ day ~ '.' ~ source.type: true}) %}
      {% if n in split_days %}{% do ours.update({source.name ~ '_' ~ day ~ '_2.' ~ source.type: true}) %}{% endif %}
    {% endfor %}
  {% endfor %}
  {% for row in run_query("select parse_filename(file) from glob('" ~ path ~ "/*/*') order by 1") %}
    {% if row[0] not in ours and not row[0].startswith('.') %}
      {% do exceptions.raise_compiler_error(
        path ~ ' already holds ' ~ row[0] ~ ', which this run would not replace: empty the folder first') %}
    {% endif %}
  {% endfor %}

  {% do landing_make_folder(path, path ~ '/*/*') %}
  {% for source in sources %}
    {% set folder = path ~ '/' ~ source.name %}
    {% do landing_make_folder(folder, folder ~ '/*') %}
    {% for n in range(size.days) %}
      {% set day = (first_day + modules.datetime.timedelta(days=n)).strftime('%Y-%m-%d') %}
      {% set next_day = (first_day + modules.datetime.timedelta(days=n + 1)).strftime('%Y-%m-%d') %}
      {% for part in ([1, 2] if n in split_days else [1]) %}
        {% set sort_key = 'n' if source.name == 'events' else 'sort_key' %}
        {% set select_lines %}
          {% if source.name == 'events' %}
            select {{ landing_event_line() }} as line
            from landing_events
          {% else %}
            select line as "{{ source.header or 'line' }}" from landing_lines_{{ source.name }}
          {% endif %}
            where arrived_at >= timestamp '{{ day }}' and arrived_at < timestamp '{{ next_day }}'
            {% if n in split_days %}
            and {{ 'not ' if part == 1 }}draw('part', {{ sort_key }}) < 0.4
            {% endif %}
            order by arrived_at, {{ sort_key }}
        {% endset %}
        {% set file = folder ~ '/' ~ source.name ~ '_' ~ day ~ ('_2' if part == 2 else '') ~ '.' ~ source.type %}
        {% do run_query(
          'copy (' ~ select_lines ~ ") to '" ~ file ~ "' (format csv, header " ~ (source.header is not none)
          ~ ", quote '', escape '', delimiter '\x1f')") %}
      {% endfor %}
    {% endfor %}
  {% endfor %}
{% endmacro %}


{#
  DuckDB has no statement that makes a folder, but a COPY with one file a thread makes its own. It leaves a
  hidden file, which neither engine reads as data.
#}
{% macro landing_make_folder(folder, files_inside) %}
  {% set found = run_query("select count(*) from glob('" ~ files_inside ~ "')") %}
  {% if found.rows[0][0] == 0 %}
    {% do run_query(
      "copy (select 'made by generate_landing' as note) to '" ~ folder ~ "' (format csv, per_thread_output true,"
      ~ " overwrite_or_ignore true, filename_pattern '.generated_', file_extension 'txt')") %}
  {% endif %}
{% endmacro %}
