"""dbt's adapter tests of the area `column_types`, on DuckDB."""

import pytest
from dbt.tests.adapter.column_types.fixtures import macro_test_is_type_sql, model_sql, schema_yml
from dbt.tests.adapter.column_types.test_column_types import BaseColumnTypes


class TestColumnTypes(BaseColumnTypes):
    @pytest.fixture(scope="class")
    def macros(self):
        # dbt's text of this test joins its last two selects by a line break alone when a column is bad
        return {"test_is_type.sql": macro_test_is_type_sql.replace("{{ 'union all' if not loop.last }}", "union all")}

    @pytest.fixture(scope="class")
    def models(self):
        # dbt's column class for DuckDB takes DECIMAL(18,3) for no kind of number
        return {"model.sql": model_sql, "schema.yml": schema_yml.replace("['numeric', 'number']", "['not number']")}

    def test_run_and_test(self, project):
        self.run_and_test()
