"""Copies a project, runs the steps of its comparison with one program, and keeps what each step left."""

import json
import os
import re
import shlex
import shutil
import subprocess
from dataclasses import dataclass, field

import duckdb
import yaml

DEFAULT_STEPS = ("build", "build", "docs generate", "ls")
ARTIFACTS = ("manifest.json", "run_results.json", "catalog.json", "sources.json")
LEFT_OUT = shutil.ignore_patterns("target", "logs", "*.duckdb", "*.duckdb.wal", ".git", "dbt_packages")
TIMEOUT_SECONDS = 600


@dataclass
class Outcome:
    """What one step left: exit code, output, the artifacts it wrote anew, the compiled files."""

    step: str
    code: int
    stdout: str
    stderr: str
    artifacts: dict = field(default_factory=dict)
    compiled: dict = field(default_factory=dict)


def read_steps(project):
    """The steps of a project: its compare.txt, else the usual ones."""
    path = os.path.join(project, "compare.txt")
    if not os.path.exists(path):
        deps = ("deps",) if os.path.exists(os.path.join(project, "packages.yml")) else ()
        return [*deps, *DEFAULT_STEPS]
    with open(path, encoding="utf-8") as file:
        lines = [re.sub(r"(^|\s)#.*", "", line).strip() for line in file]
    return [line for line in lines if line]


def copy_project(project, place):
    """A fresh copy of a project at `place`, with a profile when it has none. Returns its DuckDB file."""
    shutil.copytree(project, place, ignore=LEFT_OUT)
    with open(os.path.join(place, "dbt_project.yml"), encoding="utf-8") as file:
        settings = yaml.safe_load(file)
    profiles = os.path.join(place, "profiles.yml")
    name = settings.get("profile") or settings["name"]
    if not os.path.exists(profiles):
        target = {"type": "duckdb", "path": "compare.duckdb", "schema": "main", "threads": 1}
        with open(profiles, "w", encoding="utf-8") as file:
            yaml.safe_dump({name: {"target": "dev", "outputs": {"dev": target}}}, file)
    if not settings.get("profile"):
        with open(os.path.join(place, "dbt_project.yml"), "a", encoding="utf-8") as file:
            file.write(f"\nprofile: {name}\n")
    with open(profiles, encoding="utf-8") as file:
        profile = yaml.safe_load(file)[name]
    return os.path.join(place, profile["outputs"][profile.get("target", "default")].get("path", "compare.duckdb"))


def run_steps(command, place, database, steps):
    """Runs each step in the copy at `place`; statements and file copies give no outcome."""
    outcomes = []
    for step in steps:
        kind, _, rest = step.partition(":")
        if kind == "sql":
            with duckdb.connect(database) as connection:
                connection.execute(rest)
        elif kind == "copy":
            source, destination = shlex.split(rest)
            shutil.copyfile(os.path.join(place, source), os.path.join(place, destination))
        else:
            outcomes.append(run_step(command, place, step))
    if os.path.exists(database):
        # into the file itself, which is what is kept and compared
        with duckdb.connect(database) as connection:
            connection.execute("checkpoint")
    return outcomes


def run_step(command, place, step):
    target = os.path.join(place, "target")
    for name in ARTIFACTS:
        if os.path.exists(os.path.join(target, name)):
            os.remove(os.path.join(target, name))
    shutil.rmtree(os.path.join(target, "compiled"), ignore_errors=True)
    environment = {
        **os.environ, "DO_NOT_TRACK": "1", "DBT_SEND_ANONYMOUS_USAGE_STATS": "false", "DBT_USE_COLORS": "false",
        "NO_COLOR": "1",
    }  # fmt: skip
    done = subprocess.run(
        [*shlex.split(command), *shlex.split(step), "--project-dir", ".", "--profiles-dir", "."],
        cwd=place, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True,
        timeout=TIMEOUT_SECONDS, check=False,
    )  # fmt: skip
    outcome = Outcome(step, done.returncode, done.stdout, done.stderr)
    for name in ARTIFACTS:
        path = os.path.join(target, name)
        if os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                outcome.artifacts[name] = json.load(file)
    compiled = os.path.join(target, "compiled")
    for folder, _, files in os.walk(compiled):
        for file in files:
            path = os.path.join(folder, file)
            with open(path, encoding="utf-8") as handle:
                outcome.compiled[os.path.relpath(path, compiled)] = handle.read()
    return outcome
