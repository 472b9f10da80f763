{#
  The days whose activity changes with the lines loaded since the model last ran, as a query. A row that was sent
  again touches the days of all its versions; a session touches all of its days, because its start may move.
#}
{% macro touched_activity_days(event_lines, transaction_lines, content_lines, touch_lines) -%}
    select cast(event_timestamp as date) as activity_date
    from {{ event_lines }}
    where quarantine_reason is null
        and session_id in (
            {{ touched_sessions(event_lines, 'event_id') }}
            union
            {{ touched_sessions(transaction_lines, 'transaction_id') }}
        )

    union

    select cast(transaction_timestamp as date)
    from {{ transaction_lines }}
    where quarantine_reason is null and transaction_id in ({{ new_ids(transaction_lines, 'transaction_id') }})

    union

    select cast(created_at as date)
    from {{ content_lines }}
    where quarantine_reason is null and content_id in ({{ new_ids(content_lines, 'content_id') }})
    {% for moment in ['sent_at', 'opened_at', 'clicked_at'] %}
    union

    select cast({{ moment }} as date)
    from {{ touch_lines }}
    where quarantine_reason is null and touch_id in ({{ new_ids(touch_lines, 'touch_id') }}) and {{ moment }} is not null
    {% endfor %}
{%- endmacro %}


{# The keys of a source's lines loaded since the model last ran, as a query. #}
{% macro new_ids(lines, id) -%}
    select {{ id }} from {{ lines }} where quarantine_reason is null and {{ is_new() }}
{%- endmacro %}


{# A statement for before a merge, which never deletes: removes the days that it computes anew. #}
{% macro forget_activity_days(event_lines, transaction_lines, content_lines, touch_lines) -%}
    {%- if is_incremental() -%}
    delete from {{ this }}
    where activity_date in ({{ touched_activity_days(event_lines, transaction_lines, content_lines, touch_lines) }})
    {%- endif -%}
{%- endmacro %}
