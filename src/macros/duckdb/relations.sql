{# DuckDB's catalog. #}

{% macro duckdb__list_schemas(database) -%}
  {%- set sql -%}
    select schema_name
    from system.information_schema.schemata
    {{ "where lower(catalog_name) = '" ~ (database | lower) ~ "'" if database is not none }}
  {%- endset -%}
  {{ return(run_query(sql)) }}
{%- endmacro %}

{% macro duckdb__check_schema_exists(information_schema, schema) -%}
  {%- set sql -%}
    select count(*)
    from system.information_schema.schemata
    where lower(schema_name) = '{{ schema | lower }}'
      and lower(catalog_name) = '{{ information_schema.database | lower }}'
  {%- endset -%}
  {{ return(run_query(sql)) }}
{%- endmacro %}

{# Temporary tables live in a schema of their own, so the name alone must be unique. #}
{% macro duckdb__make_temp_relation(base_relation, suffix) -%}
  {{ return(base_relation.incorporate(path={
    'identifier': base_relation.identifier ~ suffix ~ py_current_timestring(),
    'schema': none,
    'database': none,
  })) }}
{%- endmacro %}

{% macro duckdb__alter_relation_comment(relation, comment) -%}
  {{ return(adapter.navo_sql('alter_relation_comment', relation, comment)) }}
{%- endmacro %}

{% macro duckdb__alter_column_comment(relation, column_dict) -%}
  {{ return(adapter.navo_sql('alter_column_comment', relation, column_dict)) }}
{%- endmacro %}

{% macro duckdb__get_create_index_sql(relation, index_dict) -%}
  {{ return(adapter.navo_sql('get_create_index_sql', relation, index_dict)) }}
{%- endmacro %}

{% macro duckdb__get_incremental_default_sql(arg_dict) -%}
  {{ return(get_incremental_delete_insert_sql(arg_dict)) }}
{%- endmacro %}

{% macro duckdb__apply_grants(relation, grant_config, should_revoke=True) -%}
  {%- if grant_config -%}{%- do exceptions.warn('Grants for relations are not supported by DuckDB') -%}{%- endif -%}
{%- endmacro %}
