"""Builds the result objects of dbt's commands out of the artifacts a child has written."""

import json
import os
from datetime import datetime
from types import SimpleNamespace

from dbt.artifacts.schemas.batch_results import BatchResults
from dbt.artifacts.schemas.catalog import CatalogArtifact
from dbt.artifacts.schemas.freshness import FreshnessResult, PartialSourceFreshnessResult, SourceFreshnessResult
from dbt.artifacts.schemas.freshness.v3.freshness import FreshnessMetadata
from dbt.artifacts.schemas.results import FreshnessStatus, RunStatus, TestStatus, TimingInfo
from dbt.artifacts.schemas.run import RunExecutionResult, RunResult, RunResultsArtifact
from dbt.contracts.graph.manifest import Manifest
from dbt_common.clients.agate_helper import table_from_data

from harness.manifest import find_node, read_manifest

ARTIFACTS = ("run_results.json", "manifest.json", "catalog.json", "sources.json")


def snapshot_files(target):
    """Identity of each artifact, to tell later whether it was written anew."""
    found = {}
    for name in ARTIFACTS:
        try:
            stat = os.stat(os.path.join(target, name))
            found[name] = (stat.st_mtime_ns, stat.st_ino, stat.st_size)
        except FileNotFoundError:
            found[name] = None
    return found


def read_result(command, arguments, target, before, done):
    """What dbt's runner returns for a command that ended with 0 or 1.

    Raises AssertionError when an artifact that the command owes is missing or stale.
    """
    after = snapshot_files(target)

    def require(name):
        assert after[name] is not None and after[name] != before[name], f"{name} was not written by this call"

    if command in ("ls", "list"):
        return answer_lines_of(done)
    if command == "debug":
        return done.returncode == 0
    if command in ("clean", "deps", "init", None):
        return None
    if command == "docs":
        if "serve" in arguments:
            return None
        require("catalog.json")
        return CatalogArtifact.read_and_check_versions(os.path.join(target, "catalog.json"))
    if command == "source":
        require("sources.json")
        return freshness_result(target)
    if "--inline-direct" not in arguments:  # which runs SQL without reading the project
        require("manifest.json")
    manifest = read_manifest(target) or Manifest()
    if command == "parse":
        return manifest
    require("run_results.json")
    return execution_result(target, manifest, done)


def answer_lines_of(done):
    from harness.child import answer_lines

    return answer_lines(done.stdout)


def execution_result(target, manifest, done):
    """run_results.json joined with the manifest, as dbt's RunExecutionResult."""
    path = os.path.join(target, "run_results.json")
    artifact = RunResultsArtifact.read_and_check_versions(path)
    tables = shown_tables(done.stdout)
    results = []
    for output in artifact.results:
        node = find_node(manifest, output.unique_id)
        if node is None:
            assert output.unique_id.endswith(".inline_query"), f"{output.unique_id} is not in the manifest"
            node = SimpleNamespace(
                unique_id=output.unique_id, name="inline_query", resource_type="sql_operation", config=None
            )
        if output.compiled_code is not None:
            node.compiled_code = output.compiled_code
            node.compiled = True
        if output.relation_name is not None:
            node.relation_name = output.relation_name
        results.append(run_result(output, node, tables))
    return RunExecutionResult(results=results, elapsed_time=artifact.elapsed_time, args=artifact.args)


def run_result(output, node, tables):
    kind = TestStatus if str(node.resource_type) in ("test", "unit_test") else RunStatus
    status = str(output.status)
    if status not in {str(member.value) for member in kind}:
        kind = RunStatus if kind is TestStatus else TestStatus
    batches = output.batch_results
    return RunResult(
        status=kind(status),
        timing=output.timing,
        thread_id=output.thread_id,
        execution_time=output.execution_time,
        adapter_response=output.adapter_response,
        message=output.message,
        failures=output.failures,
        node=node,
        agate_table=tables.get(getattr(node, "name", None), tables.get(None)),
        batch_results=batches if batches is None or isinstance(batches, BatchResults) else None,
    )


def shown_tables(stdout):
    """The tables that `show --output json` has printed, by node name (None for an inline query)."""
    decoder = json.JSONDecoder()
    tables = {}
    at = 0
    while (at := stdout.find("{", at)) >= 0:
        if at > 0 and stdout[at - 1] != "\n":
            at += 1
            continue
        try:
            value, end = decoder.raw_decode(stdout, at)
        except ValueError:
            at += 1
            continue
        if isinstance(value, dict) and isinstance(value.get("show"), list):
            rows = value["show"]
            tables[value.get("node")] = table_from_data(rows, list(rows[0]) if rows else [])
        at = end
    return tables


def freshness_result(target):
    """sources.json joined with the manifest, as dbt's FreshnessResult."""
    manifest = read_manifest(target)
    with open(os.path.join(target, "sources.json"), encoding="utf-8") as file:
        written = json.load(file)
    results = []
    for row in written["results"]:
        node = find_node(manifest, row["unique_id"])
        if row["status"] == "runtime error":
            results.append(
                PartialSourceFreshnessResult(
                    status=FreshnessStatus.RuntimeErr, timing=[], thread_id="", execution_time=0.0,
                    adapter_response={}, message=row.get("error"), failures=None, node=node,
                )
            )  # fmt: skip
            continue
        results.append(
            SourceFreshnessResult(
                status=FreshnessStatus(row["status"]),
                timing=[TimingInfo.from_dict(timing) for timing in row["timing"]],
                thread_id=row["thread_id"],
                execution_time=row["execution_time"],
                adapter_response=row["adapter_response"],
                message=None,
                failures=None,
                node=node,
                max_loaded_at=datetime.fromisoformat(row["max_loaded_at"]),
                snapshotted_at=datetime.fromisoformat(row["snapshotted_at"]),
                age=row["max_loaded_at_time_ago_in_s"],
            )
        )
    return FreshnessResult(metadata=FreshnessMetadata(), results=results, elapsed_time=written["elapsed_time"])
