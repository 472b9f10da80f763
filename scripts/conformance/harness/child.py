"""Runs one command in a child process and gives what dbt's own runner would have given."""

import os
import re
import shlex
import subprocess
import sys

import yaml
from dbt.adapters.factory import FACTORY
from dbt.cli.main import dbtRunnerResult
from dbt_common.events.functions import get_capture_stream

from harness.clock import frozen_time, with_clock
from harness.errors import crash, error_of
from harness.events import send_events
from harness.results import read_result, snapshot_files

COMMANDS = {
    "build", "clean", "clone", "compile", "debug", "deps", "docs", "init", "list", "ls", "parse", "retry", "run",
    "run-operation", "seed", "show", "snapshot", "source", "test",
}  # fmt: skip
TIMEOUT_SECONDS = 300
STAMPED = re.compile(r"^(\x1b\[[0-9;]*m)*\d\d:\d\d:\d\d(\.\d+)? ")


def invoke(runner, args, **kwargs):
    """Stands in for dbtRunner.invoke: same arguments, same kind of answer, another program."""
    arguments = [str(argument) for argument in args] + flags_of(kwargs)
    command = next((argument for argument in arguments if argument in COMMANDS), None)
    capture = get_capture_stream()
    sent = list(arguments)
    if command in ("ls", "list") and capture is None and not {"--quiet", "-q"} & set(sent):
        sent.append("--quiet")
    if command == "show" and capture is None and "--output" not in sent:
        sent += ["--output", "json"]
    if runner.callbacks:
        sent = ["--log-format", "json", "--log-level", "debug", *sent]

    release_database()
    target = target_folder(arguments)
    before = snapshot_files(target)
    done = run_child(sent)
    offer_connection()
    print(done.stdout)
    print(done.stderr, file=sys.stderr)
    if capture is not None:
        capture.write(done.stdout)
    if runner.callbacks:
        send_events(done.stdout, runner.callbacks)

    if done.returncode in (0, 1):
        try:
            result = read_result(command, arguments, target, before, done)
        except Exception as problem:  # an artifact that dbt's own readers refuse is a finding, not a test error
            return dbtRunnerResult(success=False, exception=crash(done, problem))
        return dbtRunnerResult(success=done.returncode == 0, result=result)
    return dbtRunnerResult(success=False, exception=error_of(done))


def run_child(arguments):
    """Starts NAVO_COMMAND with the arguments, in the current folder, and waits for it."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    now = frozen_time()
    if now is not None:
        environment = with_clock(environment, now)
    done = subprocess.run(
        [*shlex.split(os.environ["NAVO_COMMAND"]), *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        env=environment,
        timeout=TIMEOUT_SECONDS,
        check=False,
    )
    return done


def release_database():
    """Closes every connection of this process, so that the child can open the DuckDB file."""
    for adapter in FACTORY.adapters.values():
        adapter.cleanup_connections()
        close = getattr(adapter.connections, "close_all_connections", None)
        if close is not None:
            close()


def offer_connection():
    """Gives this thread a connection that opens at its first use, which dbt in this process would have left."""
    for adapter in FACTORY.adapters.values():
        adapter.connections.set_connection_name("conformance")


def flags_of(kwargs):
    """The keyword form of the runner (target="x", select=["a"]) as command line arguments."""
    flags = []
    for name, value in kwargs.items():
        flag = "--" + name.replace("_", "-")
        if value is True:
            flags.append(flag)
        elif value is False:
            flags.append("--no-" + flag[2:])
        elif isinstance(value, (list, tuple)):
            flags += [flag, *map(str, value)]
        elif value is not None:
            flags += [flag, str(value)]
    return flags


def value_of(arguments, flag):
    """The value given for a flag, as `--flag value` or `--flag=value`; the last one wins."""
    found = None
    for index, argument in enumerate(arguments):
        if argument == flag and index + 1 < len(arguments):
            found = arguments[index + 1]
        elif argument.startswith(flag + "="):
            found = argument[len(flag) + 1 :]
    return found


def target_folder(arguments):
    """Where the child writes its artifacts: flag, environment, project file, else target/ of the project."""
    project = value_of(arguments, "--project-dir") or os.environ.get("DBT_PROJECT_DIR") or os.getcwd()
    configured = value_of(arguments, "--target-path") or os.environ.get("DBT_TARGET_PATH")
    if configured is None:
        try:
            with open(os.path.join(project, "dbt_project.yml"), encoding="utf-8") as file:
                loaded = yaml.safe_load(file)
            configured = loaded.get("target-path") if isinstance(loaded, dict) else None
        except (OSError, yaml.YAMLError):
            configured = None
    return os.path.join(os.path.abspath(project), configured or "target")


def answer_lines(stdout):
    """The lines of an answer (of ls), without log lines that stand around it."""
    return [line for line in stdout.splitlines() if line.strip() and not STAMPED.match(line)]
