"""dbt's adapter tests of the area `column_types`, on DuckDB."""

import pytest
from dbt.tests.adapter.column_types.fixtures import macro_test_is_type_sql, model_sql, schema_yml
from dbt.tests.adapter.column_types.test_column_types import BaseColumnTypes


class TestColumnTypes(BaseColumnTypes):
    @pytest.fixture(scope="class")
    def macros(self):
        # the test ends in two selects without a union, which PostgreSQL lets pass only when no column is bad
        return {"test_is_type.sql": macro_test_is_type_sql}

    @pytest.fixture(scope="class")
    def models(self):
        return {"model.sql": model_sql, "schema.yml": schema_yml}

    def test_run_and_test(self, project):
        self.run_and_test()
