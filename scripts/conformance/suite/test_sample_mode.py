"""dbt's adapter tests of the area `sample_mode`, on DuckDB."""

from dbt.tests.adapter.sample_mode.test_sample_mode import (
    BaseSampleModeTest,
)

class TestSampleModeTest(BaseSampleModeTest):
    pass
