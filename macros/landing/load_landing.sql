{#
  Reading the landing zone. A source table gives one row a text line: the text in `line`, and the file it comes
  from under a name that the engines do not share.
#}

{# The name of the file a line comes from, without its folder. #}
{% macro landing_file() %}{{ return(adapter.dispatch('landing_file', 'lakehouse')()) }}{% endmacro %}

{% macro default__landing_file() %}parse_filename(filename){% endmacro %}

{% macro athena__landing_file() %}regexp_extract("$path", '[^/]+$'){% endmacro %}


{# The day a file arrived: the first date in its name. #}
{% macro arrival_day(file_name) -%}
    cast(nullif(regexp_extract({{ file_name }}, '[0-9]{4}-[0-9]{2}-[0-9]{2}'), '') as date)
{%- endmacro %}


{#
  A condition: the line lies in a file that is not loaded yet and had arrived by processing_date. What is loaded is
  known by file name, so a file that is delivered late is found whatever its day. The names become literals, so
  that the engine opens no other file.
#}
{% macro is_new_file(source_relation) -%}
    {%- set names = [] -%}
    {%- if execute -%}
        {%- set files -%}
            with files as (select distinct {{ landing_file() }} as file_name from {{ source_relation }})
            select file_name from files
            -- hidden files, which Athena does not read either
            where substr(file_name, 1, 1) not in ('.', '_')
            {% if var('processing_date', none) -%}
                and {{ arrival_day('file_name') }} <= date '{{ var("processing_date") }}'
            {%- endif %}
            {% if is_incremental() -%}
                and file_name not in (select distinct file_name from {{ this }})
            {%- endif %}
            order by file_name
        {%- endset -%}
        {%- for row in run_query(files) -%}
            {%- do names.append("'" ~ row[0] ~ "'") -%}
        {%- endfor -%}
    {%- endif -%}
    {%- if names -%}
    {{ landing_file() }} in ({{ names | join(', ') }})
    {%- else -%}
    false
    {%- endif -%}
{%- endmacro %}
