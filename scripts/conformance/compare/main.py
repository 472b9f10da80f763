"""The command line of scripts/compare-with-dbt."""

import argparse
import json
import os
import re
import shutil
import sys
import tempfile
from datetime import datetime, timedelta, timezone
from typing import NamedTuple

from compare import normalize
from compare.artifacts import COMPARISONS
from compare.difference import differences, key_differences, same_words, text_difference
from compare.remember import cache_folder, recall, remember
from compare.steps import copy_project, read_steps, run_steps
from compare.tables import compare_databases

class Run(NamedTuple):
    """One program's run: the outcome of each step, the copy it ran in, its database file, when it ran (UTC)."""

    outcomes: list
    place: str
    database: str
    window: tuple


# commands whose standard output is an answer that other programs read
ANSWERS = ("ls", "list", "show", "compile")


def main():
    parser = argparse.ArgumentParser(prog="compare-with-dbt")
    parser.add_argument("projects", nargs="+", metavar="PROJECT_DIR")
    parser.add_argument("--keep", action="store_true", help="keep the two copies of each project and say where")
    parser.add_argument("--fresh", action="store_true", help="run dbt again even if its outcome is remembered")
    parser.add_argument("--max", type=int, default=60, help="kinds of differences shown of a project (default 60)")
    parser.add_argument("--examples", type=int, default=2, help="differences shown of each kind (default 2)")
    parser.add_argument("--only", default="", help="show only differences that contain this text")
    options = parser.parse_args()
    outcomes = [compare_project(os.path.abspath(project), options) for project in options.projects]
    same, skipped = outcomes.count("same"), outcomes.count("skipped")
    print(f"{same} same, {outcomes.count('different')} different, {skipped} skipped")
    sys.exit(1 if "different" in outcomes else 0)


def compare_project(project, options):
    """Compares one project, prints what was found; gives "same", "different" or "skipped"."""
    name = os.path.basename(project)
    if not os.path.exists(os.path.join(project, "dbt_project.yml")):
        print(f"{name}: SKIPPED, no dbt_project.yml in {project}")
        return "skipped"
    folder = tempfile.mkdtemp(prefix=f"compare-{name}-")
    theirs = dbt_run(project, os.path.join(folder, "dbt"), options)
    ours = program_run(project, os.path.join(folder, "navo"), os.environ["NAVO_COMMAND"])
    found, counts = [], {"steps": len(theirs.outcomes), "compiled files": 0, "tables": 0}
    counts["compiled files that differ in white space alone"] = 0
    for left, right in zip(theirs.outcomes, ours.outcomes):
        found += compare_step(left, right, (theirs.place, ours.place), counts)
    made = [os.path.exists(run.database) for run in (theirs, ours)]
    if all(made):
        differing, counts["tables"] = compare_databases(
            theirs.database, ours.database, theirs.window, ours.window
        )
        found += [f"[tables] {text}" for text in differing]
    elif any(made):
        found.append("[tables] only one program made a database file")
    report(name, found, counts, options)
    if options.keep:
        print(f"  kept in {folder}")
    else:
        shutil.rmtree(folder)
    return "different" if found else "same"


def dbt_run(project, place, options):
    """dbt's run of a project, remembered from an earlier call unless --fresh or --keep."""
    command = os.environ["NAVO_DBT_COMMAND"]
    cache = cache_folder(project, command)
    known = None if options.fresh or options.keep else recall(cache)
    if known is not None:
        return Run(*known)
    run = program_run(project, place, command)
    remember(cache, run)
    return run


def program_run(project, place, command):
    """Runs one program over a copy of the project."""
    # the same folder name for both: names that derive from it must not differ
    copy = os.path.join(place, "project")
    os.makedirs(place)
    database = copy_project(project, copy)
    begin = now()
    outcomes = run_steps(command, copy, database, read_steps(project))
    return Run(outcomes, copy, database, (begin, now() + timedelta(seconds=1)))


def compare_step(theirs, ours, places, counts):
    """The differences that one command left."""
    label = f"[{theirs.step}]"
    left_place, right_place = places
    found = []
    if theirs.code != ours.code:
        found.append(f"exit code: dbt {theirs.code}, navo {ours.code}\n{tail(theirs)}\n    navo:\n{tail(ours)}")
    elif theirs.code == 2:
        error = [normalize.log(outcome.stdout, place) for outcome, place in zip((theirs, ours), places)]
        error = [text[max(text.find("Encountered an error"), 0) :] for text in error]
        if error[0].splitlines()[:3] != error[1].splitlines()[:3]:
            found.append(text_difference("error", *error))
    found += key_differences("artifacts", theirs.artifacts, ours.artifacts)
    for name, compare in COMPARISONS.items():
        if name in theirs.artifacts and name in ours.artifacts:
            left = normalize.tree(theirs.artifacts[name], left_place)
            right = normalize.tree(ours.artifacts[name], right_place)
            differing, count = compare(left, right, "<project>")
            counts[name] = counts.get(name, 0) + count
            found += [f"{name} {text}" for text in differing]
    found += key_differences("compiled", theirs.compiled, ours.compiled)
    for path, sql in theirs.compiled.items():
        if path in ours.compiled:
            counts["compiled files"] += 1
            pair = normalize.text(sql, left_place), normalize.text(ours.compiled[path], right_place)
            if not same_words(*pair):
                found.append(text_difference(f"compiled <{path}>", *pair))
            elif pair[0] != pair[1]:
                counts["compiled files that differ in white space alone"] += 1
    if theirs.step.split()[0] in ANSWERS and theirs.code == 0 == ours.code:
        pair = answer(theirs.stdout, left_place), answer(ours.stdout, right_place)
        found += answer_differences(*pair)
    return [f"{label} {text}" for text in found]


def answer_differences(theirs, ours):
    """Differences of two answers: of JSON lines by key (of ls), of other text by its words."""
    lines = theirs.splitlines(), ours.splitlines()
    if len(lines[0]) == len(lines[1]) and all(line.startswith("{") and line.endswith("}") for line in sum(lines, [])):
        rows = [[json.loads(line) for line in one] for one in lines]
        return [
            text
            for left, right in zip(*rows)
            for text in differences(f"answer <{left.get('unique_id', left.get('name'))}>", left, right)
        ]
    return [] if same_words(theirs, ours) else [text_difference("answer", theirs, ours)]


def answer(stdout, place):
    """The part of standard output that is no log line."""
    lines = [line for line in stdout.splitlines() if not normalize.STAMP.match(line)]
    return normalize.text("\n".join(lines).strip(), place)


def tail(outcome):
    return "\n".join("      " + line for line in (outcome.stdout + outcome.stderr).splitlines()[-25:])


def report(name, found, counts, options):
    """Prints the differences of a project, those of one kind together: how many, and the first few."""
    numbers = ", ".join(f"{count} {what}" for what, count in counts.items())
    print(f"{name}: {len(found)} differences ({numbers})")
    kinds = {}
    for text in found:
        if options.only in text:
            kinds.setdefault(kind_of(text), []).append(text)
    for texts in list(kinds.values())[: options.max]:
        distinct = list({re.sub(r"^\[.*?\] ", "", text): text for text in reversed(texts)}.values())[::-1]
        for text in distinct[: options.examples]:
            print(f"  {text}")
        if len(texts) > options.examples:
            print(f"      … {len(texts)} like this")
    if len(kinds) > options.max:
        print(f"  … {len(kinds) - options.max} more kinds (--max)")


def kind_of(text):
    """What differences of different nodes and steps have in common: the artifact and the key."""
    first = re.sub(r"^\[.*?\] ", "", text.split("\n", 1)[0])
    return re.sub(r"<[^>]*>", "<…>", first.split(": dbt ")[0])


def now():
    return datetime.now(timezone.utc).replace(tzinfo=None)


if __name__ == "__main__":
    main()
