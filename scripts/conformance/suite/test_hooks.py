"""dbt's adapter tests of the area `hooks`, on DuckDB."""

import pytest
from dbt.tests.adapter.hooks.test_model_hooks import (
    BaseDuplicateHooksInConfigs,
    BaseHookRefs,
    BaseHooksRefsOnSeeds,
    BasePrePostModelHooks,
    BasePrePostModelHooksInConfig,
    BasePrePostModelHooksInConfigKwargs,
    BasePrePostModelHooksInConfigWithCount,
    BasePrePostModelHooksOnSeeds,
    BasePrePostModelHooksOnSeedsPlusPrefixed,
    BasePrePostModelHooksOnSeedsPlusPrefixedWhitespace,
    BasePrePostModelHooksOnSnapshots,
    BasePrePostSnapshotHooksInConfigKwargs,
    TestPrePostModelHooksUnderscores as BasePrePostModelHooksUnderscores,
)
from dbt.tests.adapter.hooks.test_run_hooks import (
    BaseAfterRunHooks,
    BasePrePostRunHooks,
)


class TestDuplicateHooksInConfigs(BaseDuplicateHooksInConfigs):
    pass

HOOK_TABLE = """
drop table if exists {{schema}}.{name};
create table {{schema}}.{name} (
    test_state text, target_dbname text, target_host text, target_name text, target_schema text, target_type text,
    target_user text, target_pass text, target_threads integer, run_started_at text, invocation_id text, thread_id text
);
"""


@pytest.fixture(scope="module")
def test_data_dir(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hooks")
    (folder / "seed_model.sql").write_text(HOOK_TABLE.format(name="on_model_hook"))
    (folder / "seed_run.sql").write_text(HOOK_TABLE.format(name="on_run_hook"))
    return folder


class DuckdbTarget:
    """The hook tables on DuckDB, whose target has a file's stem for a database and neither host nor user."""

    def check_hooks(self, state, project, host, count=1):
        rows = self.get_ctx_vars(state, project) if count is None else self.get_ctx_vars(state, count, project)
        for row in [rows] if isinstance(rows, dict) else rows:
            assert row["test_state"] == state
            assert row["target_dbname"] == "" and row["target_host"] == "" and row["target_user"] == ""
            assert row["target_name"] == "default"
            assert row["target_schema"] == project.test_schema
            assert row["target_threads"] == 4
            assert row["target_type"] == "duckdb"
            assert row["target_pass"] == ""
            assert row["run_started_at"] and row["invocation_id"]
            assert row["thread_id"].startswith("Thread-") or row["thread_id"] == "MainThread"


class TestHookRefs(DuckdbTarget, BaseHookRefs):
    pass


class TestHooksRefsOnSeeds(BaseHooksRefsOnSeeds):
    pass


class TestPrePostModelHooks(DuckdbTarget, BasePrePostModelHooks):
    pass


class TestPrePostModelHooksInConfig(DuckdbTarget, BasePrePostModelHooksInConfig):
    pass


class TestPrePostModelHooksInConfigKwargs(DuckdbTarget, BasePrePostModelHooksInConfigKwargs):
    pass


class TestPrePostModelHooksInConfigWithCount(DuckdbTarget, BasePrePostModelHooksInConfigWithCount):
    pass


class TestPrePostModelHooksOnSeeds(BasePrePostModelHooksOnSeeds):
    pass


class TestPrePostModelHooksOnSeedsPlusPrefixed(BasePrePostModelHooksOnSeedsPlusPrefixed):
    pass


class TestPrePostModelHooksOnSeedsPlusPrefixedWhitespace(BasePrePostModelHooksOnSeedsPlusPrefixedWhitespace):
    pass


class TestPrePostModelHooksOnSnapshots(BasePrePostModelHooksOnSnapshots):
    pass


class TestPrePostSnapshotHooksInConfigKwargs(BasePrePostSnapshotHooksInConfigKwargs):
    pass


class TestPrePostModelHooksUnderscores(DuckdbTarget, BasePrePostModelHooksUnderscores):
    pass


class TestAfterRunHooks(BaseAfterRunHooks):
    pass


class TestPrePostRunHooks(DuckdbTarget, BasePrePostRunHooks):
    def check_hooks(self, state, project, host):
        super().check_hooks(state, project, host, count=None)
