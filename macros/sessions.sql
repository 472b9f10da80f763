{#
  The sessions that lines loaded since the model last ran touch: `lines` are the typed lines of a source, `id` its
  key. A row that was sent again under another session touches the session it left, too: its earlier lines name it.
#}
{% macro touched_sessions(lines, id) -%}
    select session_id
    from {{ lines }}
    where quarantine_reason is null
        and {{ id }} in (
            select {{ id }} from {{ lines }}
            where quarantine_reason is null and {{ is_new() }}
        )
{%- endmacro %}


{#
  A statement for before a merge, which never deletes: removes the touched sessions that `kept_in` no longer has,
  because all their events were sent again under other sessions. Nothing on the first run.
#}
{% macro forget_moved_sessions(kept_in, event_lines) -%}
    {%- if is_incremental() -%}
    delete from {{ this }}
    where session_id in ({{ touched_sessions(event_lines, 'event_id') }})
        and (session_id, user_id) not in (
            select session_id, user_id from {{ kept_in }}
            where session_id in ({{ touched_sessions(event_lines, 'event_id') }})
        )
    {%- endif -%}
{%- endmacro %}
