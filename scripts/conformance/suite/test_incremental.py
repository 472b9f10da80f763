"""dbt's adapter tests of the area `incremental`, on DuckDB."""

import pytest
from dbt.tests.adapter.incremental.test_incremental_merge_exclude_columns import (
    BaseMergeExcludeColumns,
)
from dbt.tests.adapter.incremental.test_incremental_microbatch import (
    BaseMicrobatch,
    _input_model_sql,
)
from dbt.tests.adapter.incremental.test_incremental_on_schema_change import (
    BaseIncrementalOnSchemaChange,
)
from dbt.tests.adapter.incremental.test_incremental_predicates import (
    BaseIncrementalPredicates,
    TestPredicatesDeleteInsert as BasePredicatesDeleteInsert,
)
from dbt.tests.adapter.incremental.test_incremental_unique_id import (
    BaseIncrementalUniqueKey,
)


class TestMergeExcludeColumns(BaseMergeExcludeColumns):
    pass


class TestMicrobatch(BaseMicrobatch):
    @pytest.fixture(scope="class")
    def input_model_sql(self):
        # DuckDB wants a whole time zone offset
        return _input_model_sql.replace("-0'", "'")

    @pytest.fixture(scope="class")
    def insert_two_rows_sql(self, project):
        return f"""
            insert into {project.test_schema}.input_model (id, event_time)
            values (4, timestamp '2020-01-04 00:00:00'), (5, timestamp '2020-01-05 00:00:00')
        """


class TestIncrementalOnSchemaChange(BaseIncrementalOnSchemaChange):
    pass


class TestIncrementalPredicates(BaseIncrementalPredicates):
    pass


class TestPredicatesDeleteInsert(BasePredicatesDeleteInsert):
    pass


class TestIncrementalUniqueKey(BaseIncrementalUniqueKey):
    pass
