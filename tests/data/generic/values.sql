{# No value of the column is below `minimum` (0 unless told) or above `maximum`; nulls pass. #}
{% test within_bounds(model, column_name, minimum=0, maximum=none) %}

select {{ column_name }}
from {{ model }}
where {{ column_name }} < {{ minimum }}
    {% if maximum is not none %}or {{ column_name }} > {{ maximum }}{% endif %}

{% endtest %}


{# At most this share of the rows (0 to 1) has no value in the column. An empty table passes. #}
{% test null_share_at_most(model, column_name, share) %}

select count(*) as all_rows, count({{ column_name }}) as rows_with_value
from {{ model }}
having count(*) - count({{ column_name }}) > {{ share }} * count(*)

{% endtest %}
