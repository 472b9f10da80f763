"""Compares two DuckDB files: relations, columns with types, rows in any order."""

import re
from datetime import datetime

import duckdb

from compare import normalize
from compare.difference import differences, key_differences, shown

RELATIONS = """
select table_schema || '.' || table_name, table_type from information_schema.tables
where table_catalog = current_database() order by 1
"""
ROWS_SHOWN = 3
HASH = re.compile("[0-9a-f]{32}")


def compare_databases(theirs, ours, their_window, our_window):
    """Differences of two database files; a moment inside its run's window (two datetimes, UTC) counts as equal."""
    with duckdb.connect(theirs, read_only=True) as left, duckdb.connect(ours, read_only=True) as right:
        for connection in (left, right):
            connection.execute("set timezone = 'UTC'")
        relations = dict(left.execute(RELATIONS).fetchall()), dict(right.execute(RELATIONS).fetchall())
        found = key_differences("database", *relations)
        for name, kind in relations[0].items():
            if name in relations[1]:
                found += differences(f"{name} (kind)", kind, relations[1][name])
                found += compare_relation(name, (left, right), (their_window, our_window))
    return found, len(relations[0])


def compare_relation(name, connections, windows):
    quoted = ".".join(f'"{part}"' for part in name.split(".", 1))
    columns = [connection.execute(f"describe {quoted}").fetchall() for connection in connections]
    names = [[(row[0], row[1], row[2]) for row in rows] for rows in columns]
    if names[0] != names[1]:
        return [f"{name} (columns): dbt {shown(names[0])}, navo {shown(names[1])}"]
    rows = [read_rows(connection, quoted, window) for connection, window in zip(connections, windows)]
    if rows[0] == rows[1]:
        return []
    only_left, only_right = without(rows[0], rows[1]), without(rows[1], rows[0])
    found = [f"{name} (rows): dbt has {len(rows[0])}, navo {len(rows[1])}"]
    found += [f"  only dbt:  {shown(row)}" for row in only_left[:ROWS_SHOWN]]
    found += [f"  only navo: {shown(row)}" for row in only_right[:ROWS_SHOWN]]
    return ["\n    ".join(found)]


def read_rows(connection, quoted, window):
    rows = []
    for row in connection.execute(f"select * from {quoted}").fetchall():
        masked = [mask(value, window) for value in row]
        # a snapshot's row id, whatever its column is called, hashes the moment of the run where no column gives one
        if "<now>" in masked:
            masked = ["<hash>" if isinstance(value, str) and HASH.fullmatch(value) else value for value in masked]
        rows.append(repr(masked))
    return sorted(rows)


def mask(value, window):
    if isinstance(value, datetime):
        naive = value.replace(tzinfo=None)
        return "<now>" if window[0] <= naive <= window[1] else value
    if isinstance(value, str):
        return normalize.UUID.sub("<id>", value)
    return value


def without(rows, others):
    left = list(others)
    rest = []
    for row in rows:
        if row in left:
            left.remove(row)
        else:
            rest.append(row)
    return rest
