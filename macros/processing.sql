{#
  How a run knows where it stands. Every table carries processing_timestamp, the moment the run that wrote the row
  began; an incremental model takes the rows of its inputs that were written after its own newest row.
#}

{# The moment this run began, in UTC: the only clock that a model reads. #}
{% macro processing_timestamp() -%}
    cast('{{ run_started_at.strftime("%Y-%m-%d %H:%M:%S.%f") }}' as {{ timestamp_type() }})
{%- endmacro %}


{#
  A condition: the row was written since this model last ran. Always true on the first run and on a full refresh.
  The moment is read first and put in as a literal, so that the engine can skip what is older.
#}
{% macro is_new(column='processing_timestamp') -%}
    {%- if is_incremental() -%}
    {{ column }} > {{ last_processed(this) }}
    {%- else -%}
    true
    {%- endif -%}
{%- endmacro %}


{# When a table last got rows. #}
{% macro last_processed(relation) -%}
    {%- set newest = none -%}
    {%- if execute -%}
        {%- set newest = run_query('select cast(max(processing_timestamp) as varchar) from ' ~ relation).rows[0][0] -%}
    {%- endif -%}
    cast('{{ newest or "1900-01-01 00:00:00" }}' as {{ timestamp_type() }})
{%- endmacro %}
