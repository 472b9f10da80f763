{#
  The sessions that lines loaded since the model last ran touch. An event that was sent again under another session
  touches the session it left, too: its earlier lines name it.
#}
{% macro sessions_touched_by_events() -%}
    select session_id
    from {{ ref('stg_events__lines') }}
    where quarantine_reason is null
        and event_id in (
            select event_id from {{ ref('stg_events__lines') }}
            where quarantine_reason is null and {{ is_new() }}
        )
{%- endmacro %}


{# The same for transactions. #}
{% macro sessions_touched_by_transactions() -%}
    select session_id
    from {{ ref('stg_transactions__lines') }}
    where quarantine_reason is null
        and transaction_id in (
            select transaction_id from {{ ref('stg_transactions__lines') }}
            where quarantine_reason is null and {{ is_new() }}
        )
{%- endmacro %}


{#
  A statement for before a merge, which never deletes: removes the touched sessions that `kept_in` no longer has,
  because all their events were sent again under other sessions. Nothing on the first run.
#}
{% macro forget_moved_sessions(kept_in) -%}
    {%- if is_incremental() -%}
    delete from {{ this }}
    where session_id in ({{ sessions_touched_by_events() }})
        and (session_id, user_id) not in (
            select session_id, user_id from {{ kept_in }}
            where session_id in ({{ sessions_touched_by_events() }})
        )
    {%- endif -%}
{%- endmacro %}
