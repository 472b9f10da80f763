"""The pytest plugin that lets dbt's own test classes drive another program.

dbt's tests call ``dbtRunner().invoke([...])`` (through ``run_dbt``), which runs dbt inside the test process.
This plugin replaces that one method: the command named by NAVO_COMMAND is started as a child process, and what it
leaves behind (exit code, output, files under target/) is read back into the objects the tests expect.
"""

import os
import shlex

import pytest
from dbt.cli.main import dbtRunner

from harness.child import invoke
from harness.manifest import read_manifest

REPOSITORY = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
DEFAULT_COMMAND = shlex.join(["node", os.path.join(REPOSITORY, "bin", "navo.js")])


def pytest_addoption(parser):
    parser.addoption("--skip-list", help="file of 'test id pattern # reason' lines: tests left out, visibly")


def pytest_configure(config):
    os.environ.setdefault("NAVO_COMMAND", DEFAULT_COMMAND)
    os.environ.setdefault("DO_NOT_TRACK", "1")
    os.environ.setdefault("DBT_SEND_ANONYMOUS_USAGE_STATS", "false")
    os.environ.setdefault("DBT_USE_COLORS", "false")
    os.environ.setdefault("NO_COLOR", "1")
    dbtRunner.invoke = invoke
    # the tests read the manifest through this helper, which would prefer a private file of dbt's
    import dbt.tests.util

    dbt.tests.util.get_manifest = lambda project_root: read_manifest(os.path.join(project_root, "target"))


def pytest_collection_modifyitems(config, items):
    """Marks the tests of the skip list, whose patterns are prefixes of test ids without their folder."""
    path = config.getoption("--skip-list")
    if not path:
        return
    with open(path, encoding="utf-8") as file:
        lines = [line.partition("#") for line in file]
    skips = [(pattern.strip(), reason.strip()) for pattern, _, reason in lines if pattern.strip()]
    for item in items:
        name = item.nodeid.split("suite/", 1)[-1]
        for pattern, reason in skips:
            if name.startswith(pattern):
                item.add_marker(pytest.mark.skip(reason=reason or "listed"))
                break


@pytest.fixture(scope="class")
def dbt_profile_target(tmp_path_factory):
    """One DuckDB file for each test class, so that classes do not see each other and nothing stays locked."""
    return {"type": "duckdb", "threads": 4, "path": str(tmp_path_factory.mktemp("database") / "navotest.duckdb")}


@pytest.fixture(scope="class")
def logs_dir(tmp_path_factory, monkeypatch_class):
    """A folder for the log outside the repository."""
    folder = str(tmp_path_factory.mktemp("logs"))
    monkeypatch_class.setenv("DBT_LOG_PATH", folder)
    return folder


@pytest.fixture(scope="class")
def monkeypatch_class():
    with pytest.MonkeyPatch.context() as patch:
        yield patch
