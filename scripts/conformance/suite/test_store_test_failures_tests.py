"""dbt's adapter tests of the area `store_test_failures_tests`, on DuckDB."""

from dbt.tests.adapter.store_test_failures_tests.basic import (
    StoreTestFailuresAsExceptions as BaseStoreTestFailuresAsExceptions,
    StoreTestFailuresAsGeneric as BaseStoreTestFailuresAsGeneric,
    StoreTestFailuresAsInteractions as BaseStoreTestFailuresAsInteractions,
    StoreTestFailuresAsProjectLevelEphemeral as BaseStoreTestFailuresAsProjectLevelEphemeral,
    StoreTestFailuresAsProjectLevelOff as BaseStoreTestFailuresAsProjectLevelOff,
    StoreTestFailuresAsProjectLevelView as BaseStoreTestFailuresAsProjectLevelView,
)
from dbt.tests.adapter.store_test_failures_tests.test_store_test_failures import (
    BaseStoreTestFailures,
    BaseStoreTestFailuresLimit,
)


class TestStoreTestFailuresAsExceptions(BaseStoreTestFailuresAsExceptions):
    pass


class TestStoreTestFailuresAsGeneric(BaseStoreTestFailuresAsGeneric):
    pass


class TestStoreTestFailuresAsInteractions(BaseStoreTestFailuresAsInteractions):
    pass


class TestStoreTestFailuresAsProjectLevelEphemeral(BaseStoreTestFailuresAsProjectLevelEphemeral):
    pass


class TestStoreTestFailuresAsProjectLevelOff(BaseStoreTestFailuresAsProjectLevelOff):
    pass


class TestStoreTestFailuresAsProjectLevelView(BaseStoreTestFailuresAsProjectLevelView):
    pass


class TestStoreTestFailures(BaseStoreTestFailures):
    pass


class TestStoreTestFailuresLimit(BaseStoreTestFailuresLimit):
    pass
