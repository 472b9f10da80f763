"""dbt's adapter tests of the area `basic`, on DuckDB."""

import pytest
from dbt.tests.adapter.basic.expected_catalog import base_expected_catalog, expected_references_catalog, no_stats
from dbt.tests.adapter.basic.test_adapter_methods import (
    BaseAdapterMethod,
)
from dbt.tests.adapter.basic.test_base import (
    BaseSimpleMaterializations,
)
from dbt.tests.adapter.basic.test_docs_generate import (
    BaseDocsGenReferences,
    BaseDocsGenerate,
)
from dbt.tests.adapter.basic.test_empty import (
    BaseEmpty,
)
from dbt.tests.adapter.basic.test_ephemeral import (
    BaseEphemeral,
)
from dbt.tests.adapter.basic.test_generic_tests import (
    BaseGenericTests,
)
from dbt.tests.adapter.basic.test_incremental import (
    BaseIncremental,
    BaseIncrementalNotSchemaChange,
)
from dbt.tests.adapter.basic.test_singular_tests import (
    BaseSingularTests,
)
from dbt.tests.adapter.basic.test_singular_tests_ephemeral import (
    BaseSingularTestsEphemeral,
)
from dbt.tests.adapter.basic.test_snapshot_check_cols import (
    BaseSnapshotCheckCols,
)
from dbt.tests.adapter.basic.test_snapshot_timestamp import (
    BaseSnapshotTimestamp,
)
from dbt.tests.adapter.basic.test_table_materialization import (
    BaseTableMaterialization,
)
from dbt.tests.adapter.basic.test_validate_connection import (
    BaseValidateConnection,
)


class TestAdapterMethod(BaseAdapterMethod):
    pass

TYPES = {
    "role": None,
    "id_type": "INTEGER",
    "text_type": "VARCHAR",
    "time_type": "TIMESTAMP",
    "view_type": "VIEW",
    "table_type": "BASE TABLE",
}


class TestSimpleMaterializations(BaseSimpleMaterializations):
    pass


class TestDocsGenReferences(BaseDocsGenReferences):
    @pytest.fixture(scope="class")
    def expected_catalog(self, project):
        return expected_references_catalog(project, **TYPES, model_stats=no_stats(), bigint_type="BIGINT")


class TestDocsGenerate(BaseDocsGenerate):
    @pytest.fixture(scope="class")
    def expected_catalog(self, project):
        return base_expected_catalog(project, **TYPES, model_stats=no_stats())


class TestEmpty(BaseEmpty):
    pass


class TestEphemeral(BaseEphemeral):
    pass


class TestGenericTests(BaseGenericTests):
    pass


class TestIncremental(BaseIncremental):
    pass


class TestIncrementalNotSchemaChange(BaseIncrementalNotSchemaChange):
    pass


class TestSingularTests(BaseSingularTests):
    pass


class TestSingularTestsEphemeral(BaseSingularTestsEphemeral):
    pass


class TestSnapshotCheckCols(BaseSnapshotCheckCols):
    pass


class TestSnapshotTimestamp(BaseSnapshotTimestamp):
    pass


class TestTableMaterialization(BaseTableMaterialization):
    pass


class TestValidateConnection(BaseValidateConnection):
    pass
