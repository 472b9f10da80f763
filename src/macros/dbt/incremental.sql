{# True when the model's table exists and only what is new is to be added to it. #}
{% macro is_incremental() %}
  {%- if not execute -%}{%- do return(false) -%}{%- endif -%}
  {%- set relation = adapter.get_relation(this.database, this.schema, this.table) -%}
  {%- do return(
    relation is not none
    and relation.type == 'table'
    and model.config.materialized == 'incremental'
    and not should_full_refresh()
  ) -%}
{% endmacro %}

{# The configuration beats the flag, both ways. #}
{% macro should_full_refresh() %}
  {%- set configured = config.get('full_refresh') -%}
  {%- do return(flags.FULL_REFRESH if configured is none else configured) -%}
{% endmacro %}
