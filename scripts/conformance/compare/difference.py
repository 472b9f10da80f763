"""Finds the places where two JSON values differ, and words them."""

import difflib
import json

SHORT = 160


def shown(value):
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= SHORT else text[:SHORT] + "…"


def text_difference(where, theirs, ours):
    """One difference of two texts, as a unified diff."""
    lines = difflib.unified_diff(theirs.splitlines(), ours.splitlines(), "dbt", "navo", lineterm="", n=2)
    return f"{where}\n" + "\n".join("      " + line for line in lines)


def same_words(theirs, ours):
    """Whether two SQL texts differ in white space at most."""
    return "".join(theirs.split()) == "".join(ours.split())


def differences(where, theirs, ours):
    """The differing leaves of two JSON values, each as one text. A key that only navo has does not count."""
    if isinstance(theirs, dict) and isinstance(ours, dict):
        found = []
        for key, value in theirs.items():
            place = f"{where}.{key}" if where else key
            if key not in ours:
                found.append(f"{place}: dbt {shown(value)}, navo has no such key")
            else:
                found += differences(place, value, ours[key])
        return found
    if isinstance(theirs, str) and isinstance(ours, str) and theirs != ours and "\n" in theirs + ours:
        if where.endswith(".compiled_code") and same_words(theirs, ours):
            return []
        return [text_difference(where, theirs, ours)]
    if type(theirs) is bool or type(ours) is bool or not isinstance(theirs, (int, float)):
        same = type(theirs) is type(ours) and theirs == ours
    else:
        same = isinstance(ours, (int, float)) and theirs == ours
    return [] if same else [f"{where}: dbt {shown(theirs)}, navo {shown(ours)}"]


def key_differences(where, theirs, ours):
    """Keys that only one of two mappings has."""
    found = [f"{where}: only dbt has <{key}>" for key in theirs if key not in ours]
    return found + [f"{where}: only navo has <{key}>" for key in ours if key not in theirs]
