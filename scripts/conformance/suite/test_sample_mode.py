"""dbt's adapter tests of the area `sample_mode`, on DuckDB."""

import pytest
from dbt.tests.adapter.sample_mode.fixtures import input_model_sql
from dbt.tests.adapter.sample_mode.test_sample_mode import BaseSampleModeTest


class TestSampleMode(BaseSampleModeTest):
    @pytest.fixture(scope="class")
    def input_model_sql(self):
        # DuckDB wants a whole time zone offset
        return input_model_sql.replace("-0'", "'")
