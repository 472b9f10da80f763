{#
  The moments from which new rows may change what stands behind a user's transactions, as a query of user_id and
  touched_at: everything that a line loaded since the model last ran tells, in all versions of its row.
#}
{% macro touched_user_moments(event_lines, transaction_lines, user_lines, chargeback_lines) -%}
    select user_id, event_timestamp as touched_at
    from {{ event_lines }}
    where quarantine_reason is null and event_id in ({{ new_ids(event_lines, 'event_id') }})

    union all

    select user_id, transaction_timestamp
    from {{ transaction_lines }}
    where quarantine_reason is null and transaction_id in ({{ new_ids(transaction_lines, 'transaction_id') }})

    union all

    select user_id, min(signup_date)
    from {{ user_lines }}
    where quarantine_reason is null and user_id in ({{ new_ids(user_lines, 'user_id') }})
    group by user_id
    having {{ is_new('min(processing_timestamp)') }} or count(distinct signup_date) > 1

    union all

    select transactions.user_id, chargebacks.chargeback_at
    from {{ chargeback_lines }} as chargebacks
    inner join {{ transaction_lines }} as transactions
        on transactions.transaction_id = chargebacks.transaction_id and transactions.quarantine_reason is null
    where chargebacks.quarantine_reason is null
        and chargebacks.transaction_id in (
            {{ new_ids(chargeback_lines, 'transaction_id') }}
            union
            {{ new_ids(transaction_lines, 'transaction_id') }}
        )
{%- endmacro %}


{# The rules of the seed fraud_weights, and the value of each that it looks at. #}
{% macro fraud_rules() %}
  {% do return({
    'transactions_last_minute': 'transactions_last_minute',
    'transactions_last_hour': 'transactions_last_hour',
    'distinct_countries_24h': 'distinct_countries_24h',
    'distinct_devices_24h': 'distinct_devices_24h',
    'sessions_24h': 'sessions_24h',
    'spent_24h': 'spent_24h_usd',
    'amount_deviation_from_avg': 'amount_deviation_from_avg',
    'large_first_day_amount': 'case when days_since_signup = 0 then amount_usd end',
    'chargeback_rate': 'chargeback_rate'
  }) %}
{% endmacro %}


{# The weights of the rules that apply, added up. #}
{% macro fraud_score() -%}
    {%- for rule, value in fraud_rules().items() -%}
    case when {{ value }} >= rules.{{ rule }}_from then rules.{{ rule }}_weight else 0 end
    {{- ' + ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}


{# Their reasons, each after '; '. #}
{% macro fraud_reasons() -%}
    {%- for rule, value in fraud_rules().items() -%}
    case when {{ value }} >= rules.{{ rule }}_from then '; ' || rules.{{ rule }}_reason else '' end
    {{- ' || ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}
