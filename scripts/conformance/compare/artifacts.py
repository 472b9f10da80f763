"""Compares the artifacts of two runs, key by key, where other programs read them."""

from compare import normalize
from compare.difference import differences, key_differences

BUILT_IN_PACKAGES = ("dbt", "dbt_duckdb")
NODE_KEYS = (
    "access alias attached_node checksum column_name columns compiled compiled_code compiled_path config constraints "
    "contract database depends_on deprecation_date description docs fqn group language latest_version meta name "
    "original_file_path package_name patch_path path primary_key raw_code refs relation_name resource_type schema "
    "sources tags test_metadata unique_id version"
).split()
SOURCE_KEYS = (
    "columns config database description external fqn freshness identifier loaded_at_field loaded_at_query loader meta "
    "name original_file_path package_name path quoting relation_name resource_type schema source_description "
    "source_meta source_name tags unique_id"
).split()
MACRO_KEYS = "arguments depends_on description macro_sql meta name original_file_path package_name patch_path".split()
RESULT_KEYS = "status message failures adapter_response compiled compiled_code relation_name unique_id".split()
# a hash over Python's text of its objects: it says whether the contract changed, its value is read by nobody
OPAQUE = ("contract", "checksum")


def manifest(theirs, ours, place):
    """Differences of two manifests, and how many resources were compared."""
    found = []
    count = 0
    for section, keys in (
        ("nodes", NODE_KEYS), ("sources", SOURCE_KEYS), ("exposures", None), ("groups", None), ("unit_tests", None),
        ("docs", None), ("macros", MACRO_KEYS),
    ):  # fmt: skip
        left, right = resources(theirs, section), resources(ours, section)
        found += key_differences(section, left, right)
        for key in left:
            if key in right:
                count += 1
                found += differences(f"<{key}>", chosen(left[key], keys, place), chosen(right[key], keys, place))
    found += key_differences("disabled", theirs["disabled"], ours["disabled"])
    for section in ("parent_map", "child_map", "group_map", "selectors"):
        found += differences(section, theirs[section], ours.get(section))
    for key in ("dbt_schema_version", "project_name", "project_id", "adapter_type", "quoting", "env"):
        found += differences(f"metadata.{key}", theirs["metadata"][key], ours["metadata"].get(key))
    return found, count


def resources(artifact, section):
    return {
        key: value
        for key, value in artifact.get(section, {}).items()
        if value.get("package_name") not in BUILT_IN_PACKAGES
    }


def chosen(resource, keys, place):
    """The compared keys of a resource, without places, moments and opaque hashes."""
    kept = {key: value for key, value in resource.items() if (key in keys if keys else key != "created_at")}
    outer, inner = OPAQUE
    if isinstance(kept.get(outer), dict) and kept[outer].get(inner):
        kept[outer] = {**kept[outer], inner: "<hash>"}
    if resource["resource_type"] == "unit_test":
        kept.pop("checksum", None)
    depends_on = kept.get("depends_on")
    if resource["resource_type"] != "macro" and depends_on and "macros" in depends_on:
        kept["depends_on"] = {**depends_on, "macros": [name for name in depends_on["macros"] if compared_macro(name)]}
    return normalize.tree(kept, place)


def compared_macro(unique_id):
    """Whether a node's dependency on this macro is compared: dbt adds those of its own that a run went through."""
    _, package, name = unique_id.split(".", 2)
    return package not in BUILT_IN_PACKAGES or name.startswith("test_")


def run_results(theirs, ours, place):
    """Differences of two run results: the rows in any order, each key that is read."""
    left = {row["unique_id"]: row for row in theirs["results"]}
    right = {row["unique_id"]: row for row in ours["results"]}
    found = key_differences("results", left, right)
    for key, row in left.items():
        if key in right:
            found += differences(f"<{key}>", result(row, place), result(right[key], place))
    for key in ("which", "select", "exclude", "vars"):
        if key in theirs["args"]:
            found += differences(f"args.{key}", theirs["args"][key], ours["args"].get(key))
    return found, len(left)


def result(row, place):
    kept = {key: row.get(key) for key in RESULT_KEYS}
    kept["timing"] = [timing["name"] for timing in row["timing"]]
    for key in ("message", "compiled_code"):
        if isinstance(kept[key], str):
            kept[key] = normalize.text(kept[key], place)
    if isinstance(kept["message"], str):
        kept["message"] = normalize.sql_place(kept["message"])
    return kept


def catalog(theirs, ours, place):
    """Differences of two catalogs."""
    found = []
    for section in ("nodes", "sources"):
        found += key_differences(section, theirs[section], ours[section])
        for key, entry in theirs[section].items():
            if key in ours[section]:
                found += differences(f"<{key}>", entry, ours[section][key])
                order = (list(entry["columns"]), list(ours[section][key]["columns"]))
                found += differences(f"<{key}>.columns (order)", *order)
    found += differences("errors", theirs["errors"], ours["errors"])
    return found, len(theirs["nodes"]) + len(theirs["sources"])


def sources(theirs, ours, place):
    """Differences of two freshness results."""
    keys = ("unique_id", "status", "max_loaded_at", "criteria", "adapter_response")
    left, right = (
        {row["unique_id"]: {key: row.get(key) for key in keys} for row in one["results"]} for one in (theirs, ours)
    )
    found = key_differences("results", left, right)
    for key, row in left.items():
        if key in right:
            found += differences(f"<{key}>", row, right[key])
    return found, len(left)


COMPARISONS = {
    "manifest.json": manifest,
    "run_results.json": run_results,
    "catalog.json": catalog,
    "sources.json": sources,
}
