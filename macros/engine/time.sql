{# Whole seconds from one timestamp to another, negative when the second is earlier. #}
{% macro seconds_between(first, second) %}{{ return(adapter.dispatch('seconds_between', 'lakehouse')(first, second)) }}{% endmacro %}

{% macro default__seconds_between(first, second) %}date_sub('second', {{ first }}, {{ second }}){% endmacro %}

{% macro athena__seconds_between(first, second) %}date_diff('second', {{ first }}, {{ second }}){% endmacro %}


{# Days from one date to another. #}
{% macro days_between(first, second) %}{{ return(adapter.dispatch('days_between', 'lakehouse')(first, second)) }}{% endmacro %}

{% macro default__days_between(first, second) %}date_diff('day', cast({{ first }} as date), cast({{ second }} as date)){% endmacro %}


{# A timestamp or date moved by a number of units: moved('event_timestamp', -24, 'hour'). #}
{% macro moved(moment, amount, unit) %}{{ return(adapter.dispatch('moved', 'lakehouse')(moment, amount, unit)) }}{% endmacro %}

{% macro default__moved(moment, amount, unit) %}({{ moment }} + {{ amount }} * interval 1 {{ unit }}){% endmacro %}

{% macro athena__moved(moment, amount, unit) %}date_add('{{ unit }}', {{ amount }}, {{ moment }}){% endmacro %}


{# A date moved by a number of days, still a date: DuckDB makes a timestamp of date + interval. #}
{% macro days_later(day, days) %}{{ return(adapter.dispatch('days_later', 'lakehouse')(day, days)) }}{% endmacro %}

{% macro default__days_later(day, days) %}({{ day }} + cast({{ days }} as integer)){% endmacro %}

{% macro athena__days_later(day, days) %}date_add('day', {{ days }}, {{ day }}){% endmacro %}


{# A FROM item with a row for each day from one date to another, both included; the column is named `day`. #}
{% macro each_day(first, last, alias) %}{{ return(adapter.dispatch('each_day', 'lakehouse')(first, last, alias)) }}{% endmacro %}

{% macro default__each_day(first, last, alias) -%}
    unnest(list_transform(generate_series({{ first }}, {{ last }}, interval 1 day), moment -> cast(moment as date))) as {{ alias }} (day)
{%- endmacro %}

{% macro athena__each_day(first, last, alias) -%}
    unnest(sequence({{ first }}, {{ last }}, interval '1' day)) as {{ alias }} (day)
{%- endmacro %}


{# The name of a day or month, in English. #}
{% macro day_name(day) %}{{ return(adapter.dispatch('day_name', 'lakehouse')(day)) }}{% endmacro %}

{% macro default__day_name(day) %}dayname({{ day }}){% endmacro %}

{% macro athena__day_name(day) %}date_format({{ day }}, '%W'){% endmacro %}


{% macro month_name(day) %}{{ return(adapter.dispatch('month_name', 'lakehouse')(day)) }}{% endmacro %}

{% macro default__month_name(day) %}monthname({{ day }}){% endmacro %}

{% macro athena__month_name(day) %}date_format({{ day }}, '%M'){% endmacro %}


{# The type that holds a moment to the microsecond. #}
{% macro timestamp_type() %}{{ return(adapter.dispatch('timestamp_type', 'lakehouse')()) }}{% endmacro %}

{% macro default__timestamp_type() %}timestamp{% endmacro %}

{% macro athena__timestamp_type() %}timestamp(6){% endmacro %}


{# The day of the week, 1 for Monday to 7 for Sunday. #}
{% macro iso_day_of_week(day) %}{{ return(adapter.dispatch('iso_day_of_week', 'lakehouse')(day)) }}{% endmacro %}

{% macro default__iso_day_of_week(day) %}isodow({{ day }}){% endmacro %}

{% macro athena__iso_day_of_week(day) %}day_of_week({{ day }}){% endmacro %}
