{#
  Writes a landing zone of made-up but coherent data: seven sources, one file a day each.

    run-operation generate_landing --args '{users: 100, sessions: 500, events: 2000, transactions: 300,
      late_rate: 0.05, duplicate_rate: 0.02, corrupt_rate: 0.005, seed: 7, start: 2024-10-01, days: 60,
      path: data/landing}'

  Every value comes from an md5 of (seed, what, id): the same arguments give the same bytes, whatever the
  number of threads, the machine or the version of DuckDB. The folder above `path` must exist.

  The macro needs DuckDB. For Athena, generate with a DuckDB target and copy the folder to S3.
#}
{% macro generate_landing(
    users=100, sessions=500, events=2000, transactions=300,
    late_rate=0.05, duplicate_rate=0.02, corrupt_rate=0.005,
    seed=7, start='2024-10-01', days=60, path='data/landing'
) %}
  {% if target.type != 'duckdb' %}
    {% do exceptions.raise_compiler_error(
      'generate_landing writes local files and needs a DuckDB target, not ' ~ target.type) %}
  {% endif %}
  {% set size = {
    'users': users | int, 'sessions': sessions | int, 'events': events | int,
    'transactions': transactions | int, 'late_rate': late_rate, 'duplicate_rate': duplicate_rate,
    'corrupt_rate': corrupt_rate, 'seed': seed | int, 'start': start | string, 'days': days | int
  } %}
  {% do landing_check_size(size) %}

  {% if execute %}
    {% do landing_make_helpers(size) %}
    {% do landing_make_users(size) %}
    {% do landing_make_sessions(size) %}
    {% do landing_make_transactions(size) %}
    {% do landing_make_events(size) %}
    {% do landing_make_user_lines(size) %}
    {% do landing_make_subscription_lines(size) %}
    {% do landing_make_content_lines(size) %}
    {% do landing_make_campaign_lines(size) %}
    {% do landing_make_transaction_lines(size) %}
    {% do landing_write(size, path | string) %}
    {% do log('Landing zone written to ' ~ path, info=true) %}
  {% endif %}
{% endmacro %}


{# The planted cases take the last session and transaction numbers; smaller worlds have no room for them. #}
{% macro landing_check_size(size) %}
  {% if size.users < 60 or size.sessions < 200 or size.transactions < 100 or size.days < 45
        or size.events < 3 * size.sessions %}
    {% do exceptions.raise_compiler_error(
      'generate_landing needs at least 60 users, 200 sessions, 100 transactions, 45 days and 3 events a session,'
      ~ ' to hold every planted case') %}
  {% endif %}
{% endmacro %}


{# What the generated world holds of each kind: list position is the code used in the tables. #}
{% macro landing_catalogue() %}
  {% do return({
    'devices': ['iOS', 'Android', 'Web', 'Tablet'],
    'countries': ['PE', 'MX', 'US', 'ES', 'BR', 'CO', 'DE', 'GB', 'CL', 'FR', 'CA', 'AR'],
    'currencies': ['PEN', 'MXN', 'USD', 'EUR', 'BRL', 'USD', 'EUR', 'GBP', 'USD', 'EUR', 'CAD', 'USD'],
    'per_usd': [3.75, 19.8, 1, 0.92, 5.6, 1, 0.92, 0.77, 1, 0.92, 1.37, 1],
    'content_types': ['article', 'timeline', 'quiz', 'project'],
    'campaigns': ['CMP_001', 'CMP_002', 'CMP_003', 'CMP_004', 'CMP_005', 'CMP_006'],
    'planted_sessions': 60,
    'planted_transactions': 42,
    'planted_users': 12
  }) %}
{% endmacro %}


{# [a, b] as a SQL list literal. #}
{% macro landing_list(values) -%}
  [{%- for value in values -%}
    {%- if value is string -%}'{{ value }}'{%- else -%}{{ value }}{%- endif -%}{{ ', ' if not loop.last }}
  {%- endfor -%}]
{%- endmacro %}


{#
  Two SQL macros that the statements below share:
  draw(what, id) is a number in [0, 1) that depends on the seed, `what` and `id` alone;
  pick(list, draw) is the element of a list that a draw falls on.
#}
{% macro landing_make_helpers(size) %}
  {% do run_query(
    "create or replace temp macro draw(what, id) as "
    ~ "(md5_number_lower('" ~ size.seed ~ ":' || what || ':' || id) / 18446744073709551616.0)") %}
  {% do run_query(
    "create or replace temp macro pick(options, drawn) as options[1 + floor(drawn * len(options))::int]") %}
{% endmacro %}
