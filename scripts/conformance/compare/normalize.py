"""Takes out of texts and artifacts what may differ between two runs: ids, times, places."""

import re

UUID = re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b")
TIME = re.compile(r"\b20\d\d-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00|\+00)?")
TEMPORARY = re.compile(r"__dbt_tmp\d{14,}")
DURATION = re.compile(r"\b\d+\.\d+s\b| in \d+ hours \d+ minutes and \d+\.\d+ seconds")
SQL_LINE = re.compile(r"\bLINE \d+:")
SQL_POINTER = re.compile(r"^[ ]*\^$", re.MULTILINE)
STAMP = re.compile(r"^\d\d:\d\d:\d\d(\.\d+)?  ?", re.MULTILINE)


def text(value, place, keep_times=False):
    """A text without ids, places and (unless kept) moments."""
    value = value.replace(place, "<project>")
    value = UUID.sub("<id>", value)
    value = TEMPORARY.sub("__dbt_tmp<n>", value)
    if not keep_times:
        value = TIME.sub("<time>", value)
    return value


def sql_place(value):
    """A database's error text without its line number, and where its pointer stands: comments and blanks move them."""
    return SQL_POINTER.sub("^", SQL_LINE.sub("LINE <n>:", value))


def log(value, place):
    """Standard output without stamps and durations."""
    return DURATION.sub("<duration>", STAMP.sub("", text(value, place)))


def tree(value, place):
    """A JSON value with each of its texts normalized; key order does not count, list order does."""
    if isinstance(value, dict):
        return {key: tree(inner, place) for key, inner in value.items()}
    if isinstance(value, list):
        return [tree(inner, place) for inner in value]
    if isinstance(value, str):
        return text(value, place, keep_times=True)
    return value
