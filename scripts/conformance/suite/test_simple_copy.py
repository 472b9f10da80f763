"""dbt's adapter tests of the area `simple_copy`, on DuckDB."""

from dbt.tests.adapter.simple_copy.test_simple_copy import (
    EmptyModelsArentRunBase as BaseEmptyModelsArentRunBase,
    SimpleCopyBase as BaseSimpleCopyBase,
)


class TestEmptyModelsArentRunBase(BaseEmptyModelsArentRunBase):
    pass


class TestSimpleCopyBase(BaseSimpleCopyBase):
    def test_simple_copy_with_materialized_views(self):
        """DuckDB has no materialized views."""
