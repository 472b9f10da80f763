"""dbt's adapter tests of the area `dbt_debug`, on DuckDB."""

from dbt.tests.adapter.dbt_debug.test_dbt_debug import (
    BaseDebugInvalidProjectPostgres,
    BaseDebugPostgres,
)


class TestDebugInvalidProjectPostgres(BaseDebugInvalidProjectPostgres):
    pass


class TestDebugPostgres(BaseDebugPostgres):
    pass
