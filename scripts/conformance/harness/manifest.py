"""Reads manifest.json with dbt's own reader."""

import os

from dbt.artifacts.schemas.manifest import WritableManifest
from dbt.contracts.graph.manifest import Manifest


def read_manifest(target):
    """The manifest under a target folder as dbt's in-process object; None where there is none."""
    path = os.path.join(target, "manifest.json")
    if not os.path.exists(path):
        return None
    return Manifest.from_writable_manifest(WritableManifest.read_and_check_versions(path))


def find_node(manifest, unique_id):
    """The node, source, exposure, … of an id; None when no section has it."""
    for section in (
        manifest.nodes, manifest.sources, manifest.exposures, manifest.unit_tests, manifest.saved_queries,
        manifest.functions, manifest.metrics, manifest.semantic_models, manifest.macros,
    ):  # fmt: skip
        if unique_id in section:
            return section[unique_id]
    return None
