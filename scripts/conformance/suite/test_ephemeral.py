"""dbt's adapter tests of the area `ephemeral`, on DuckDB."""

import os
import re

from dbt.tests.util import check_relations_equal, run_dbt
from dbt.tests.adapter.ephemeral.test_ephemeral import (
    BaseEphemeralErrorHandling,
    BaseEphemeralMulti,
    BaseEphemeralNested,
)


class TestEphemeralErrorHandling(BaseEphemeralErrorHandling):
    pass

def ddl_of(model):
    """The statement sent for a model, without white space and the digits of the schema's name."""
    with open(os.path.join("target", "run", "test", "models", f"{model}.sql")) as file:
        return re.sub(r"test\d+_", "test_", "".join(file.read().split()))


class TestEphemeralMulti(BaseEphemeralMulti):
    def test_ephemeral_multi(self, project):
        run_dbt(["seed"])
        assert len(run_dbt(["run"])) == 3
        for model in ("dependent", "double_dependent", "super_dependent"):
            check_relations_equal(project.adapter, ["seed", model])
        expected = (
            f'create view "{project.database}"."test_test_ephemeral"."double_dependent__dbt_tmp" as ('
            "with __dbt__cte__base as (select * from test_test_ephemeral.seed), "
            "__dbt__cte__base_copy as (select * from __dbt__cte__base)"
            "-- base_copy just pulls from base. Make sure the listed"
            "-- graph of CTEs all share the same dbt_cte__base cte"
            "select * from __dbt__cte__base where gender = 'Male' union all "
            "select * from __dbt__cte__base_copy where gender = 'Female');"
        )
        assert ddl_of("double_dependent") == "".join(expected.split())


class TestEphemeralNested(BaseEphemeralNested):
    def test_ephemeral_nested(self, project):
        assert len(run_dbt(["run"])) == 2
        expected = (
            f'create view "{project.database}"."test_test_ephemeral"."root_view__dbt_tmp" as ('
            "with __dbt__cte__ephemeral_level_two as ("
            f'select * from "{project.database}"."test_test_ephemeral"."source_table"), '
            "__dbt__cte__ephemeral as (select * from __dbt__cte__ephemeral_level_two)"
            "select * from __dbt__cte__ephemeral);"
        )
        assert ddl_of("root_view") == "".join(expected.split())
