{#
  What the staged models of all sources share: `stg_SOURCE` keeps the latest version of each key, and
  `stg_SOURCE__quarantine` shows the lines that break a rule.
#}

{#
  A query: the latest version of each `key` among the typed lines loaded since the model last ran and the versions
  it kept so far. `columns` are those to keep, and `newest_first` orders the versions of a key before the order that
  all share: arrival day, file, md5 of the text.
#}
{% macro latest_versions(lines, key, columns, newest_first=none) -%}
    {%- set columns = columns + ['line_hash', 'file_name', 'arrival_date'] -%}
with fresh as (
    select
        {{ columns | join(',\n        ') }}
    from {{ lines }}
    where quarantine_reason is null and {{ is_new() }}
),

-- the version kept so far stands again, beside the new ones
candidates as (
    select * from fresh
    {% if is_incremental() -%}
    union all
    select
        {{ columns | join(',\n        ') }}
    from {{ this }}
    where {{ key }} in (select {{ key }} from fresh)
    {%- endif %}
),

ranked as (
    select
        candidates.*,
        row_number() over (
            partition by {{ key }}
            order by {{ newest_first ~ ', ' if newest_first }}arrival_date desc, file_name desc, line_hash desc
        ) as version_rank
    from candidates
)

select
    {{ columns | join(',\n    ') }},
    {{ processing_timestamp() }} as processing_timestamp
from ranked
where version_rank = 1
{%- endmacro %}


{# A query: the typed lines that break a rule, with the rule and their text. #}
{% macro quarantined(lines) -%}
select
    quarantine_reason as reason,
    raw_text,
    file_name,
    arrival_date,
    line_hash,
    processing_timestamp
from {{ lines }}
where quarantine_reason is not null
{%- endmacro %}
