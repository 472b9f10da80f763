"""dbt's adapter tests of the area `concurrency`, on DuckDB."""

from dbt.tests.adapter.concurrency.test_concurrency import (
    BaseConcurrency,
)


class TestConcurrency(BaseConcurrency):
    pass
