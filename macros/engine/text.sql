{#
  What DuckDB and Athena (Trino) spell differently when they take text apart. Each macro gives a SQL expression;
  both versions give the same value, null for what is not there.
#}

{# Whether the text is a JSON document. #}
{% macro is_json(text) %}{{ return(adapter.dispatch('is_json', 'lakehouse')(text)) }}{% endmacro %}

{% macro default__is_json(text) %}coalesce(json_valid({{ text }}), false){% endmacro %}

{% macro athena__is_json(text) %}(try(json_parse({{ text }})) is not null){% endmacro %}


{# The text at a path such as 'after.user_id' of a valid JSON document; null for a JSON null. #}
{% macro json_text(document, path) %}{{ return(adapter.dispatch('json_text', 'lakehouse')(document, path)) }}{% endmacro %}

{% macro default__json_text(document, path) %}json_extract_string({{ document }}, '$.{{ path }}'){% endmacro %}

{% macro athena__json_text(document, path) %}json_extract_scalar({{ document }}, '$.{{ path }}'){% endmacro %}


{# The values of a CSV line whose values hold no commas, as an array of text. #}
{% macro csv_values(line) %}{{ return(adapter.dispatch('csv_values', 'lakehouse')(line)) }}{% endmacro %}

{% macro default__csv_values(line) %}string_split({{ line }}, ','){% endmacro %}

{% macro athena__csv_values(line) %}split({{ line }}, ','){% endmacro %}


{# The n-th value, from 1; null where it is empty or absent. #}
{% macro csv_text(fields, n) %}{{ return(adapter.dispatch('csv_text', 'lakehouse')(fields, n)) }}{% endmacro %}

{% macro default__csv_text(fields, n) %}nullif(trim({{ fields }}[{{ n }}]), ''){% endmacro %}

{% macro athena__csv_text(fields, n) %}nullif(trim(element_at({{ fields }}, {{ n }})), ''){% endmacro %}


{# How many elements an array holds. #}
{% macro array_size(items) %}{{ return(adapter.dispatch('array_size', 'lakehouse')(items)) }}{% endmacro %}

{% macro default__array_size(items) %}len({{ items }}){% endmacro %}

{% macro athena__array_size(items) %}cardinality({{ items }}){% endmacro %}


{# Whether the text matches the regular expression somewhere. #}
{% macro matches(text, pattern) %}{{ return(adapter.dispatch('matches', 'lakehouse')(text, pattern)) }}{% endmacro %}

{% macro default__matches(text, pattern) %}regexp_matches({{ text }}, '{{ pattern }}'){% endmacro %}

{% macro athena__matches(text, pattern) %}regexp_like({{ text }}, '{{ pattern }}'){% endmacro %}


{#
  A timestamp of `2024-11-15T14:30:00` or `2024-11-15 14:30:00`, with or without a fraction; null for anything
  else. The pattern comes first because the engines' own casts accept different things besides.
#}
{% macro try_timestamp(text) -%}
    case when {{ matches(text, '^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,6})?$') }}
        then {{ adapter.dispatch('try_timestamp_cast', 'lakehouse')(text) }} end
{%- endmacro %}

{% macro default__try_timestamp_cast(text) %}try_cast({{ text }} as timestamp){% endmacro %}

{% macro athena__try_timestamp_cast(text) %}try(cast(replace({{ text }}, 'T', ' ') as timestamp(6))){% endmacro %}


{# An amount of money as decimal(10, 2); null for what is not a plain number with at most two decimals. #}
{% macro try_money(text) -%}
    case when {{ matches(text, '^-?[0-9]+([.][0-9]{1,2})?$') }}
        then try_cast({{ text }} as decimal(10, 2)) end
{%- endmacro %}


{# A whole number; null for anything else. #}
{% macro try_whole_number(text) -%}
    case when {{ matches(text, '^[0-9]{1,18}$') }} then try_cast({{ text }} as bigint) end
{%- endmacro %}


{#
  An aggregate: the values of a group as an array, in the order of a number. On DuckDB it sorts each finished array:
  an ordered array_agg buffers so much for each group that ten million events do not fit into 3 GB.
#}
{% macro array_in_order(value, position) %}{{ return(adapter.dispatch('array_in_order', 'lakehouse')(value, position)) }}{% endmacro %}

{% macro default__array_in_order(value, position) -%}
    list_transform(list_sort(list({'position': {{ position }}, 'value': {{ value }}})), item -> item.value)
{%- endmacro %}

{% macro athena__array_in_order(value, position) %}array_agg({{ value }} order by {{ position }}){% endmacro %}
