{# Ratios and scores are rounded to six digits, so that no engine's last bits reach a table. #}
{% macro rounded(value) %}round(cast({{ value }} as double), 6){% endmacro %}


{# One number divided by another; null where the divisor is 0. #}
{% macro ratio(part, whole) %}{{ rounded('cast(' ~ part ~ ' as double) / nullif(' ~ whole ~ ', 0)') }}{% endmacro %}
