"""Turns the error text of a child process into the exception that dbt would have raised in the test's process."""

import inspect
import json
import re

import dbt.adapters.exceptions as adapter_exceptions
import dbt.contracts.util as contract_util
import dbt.exceptions as core_exceptions
import dbt_common.exceptions as common_exceptions
from dbt.cli.exceptions import DbtUsageException

STAMP = re.compile(r"^(?:\x1b\[[0-9;]*m)*\d\d:\d\d:\d\d(?:\.\d+)? ", re.MULTILINE)
MODULES = (common_exceptions, adapter_exceptions, core_exceptions, contract_util)


class ChildError(Exception):
    """The child stopped without one of dbt's error texts: a crash."""


def subclasses_in_modules(base):
    found = {
        value
        for module in MODULES
        for value in vars(module).values()
        if inspect.isclass(value) and issubclass(value, base)
    }
    return [one for one in found if not any(other is not one and issubclass(other, one) for other in found)]


def lenient_class(name, base):
    """An exception class below all of dbt's classes of one kind.

    The text tells the kind ("Compilation Error"), not the class below it that a test may name; the message is what
    such a test checks.
    """
    leaves = sorted(subclasses_in_modules(base), key=lambda one: one.__name__)
    ordered = []
    for leaf in leaves:
        try:
            type(name, (*ordered, leaf), {})
        except TypeError:
            continue
        ordered.append(leaf)

    def init(self, text):
        Exception.__init__(self, text)
        first, _, rest = text.partition("\n")
        self.text = text
        self.msg = "\n".join(line.removeprefix("  ") for line in rest.split("\n")) if rest else first
        self.message = self.msg
        self.stack = []
        self.node = None

    return type(name, tuple(ordered), {"__init__": init, "__str__": lambda self: self.text})


KINDS = {
    "Compilation Error": lenient_class("ChildCompilationError", common_exceptions.CompilationError),
    "Parsing Error": lenient_class("ChildParsingError", core_exceptions.ParsingError),
    "Database Error": lenient_class("ChildDatabaseError", common_exceptions.DbtDatabaseError),
    "Validation Error": lenient_class("ChildValidationError", common_exceptions.DbtValidationError),
    "Dependency Error": lenient_class("ChildDependencyError", core_exceptions.DependencyError),
    "Internal Error": lenient_class("ChildInternalError", common_exceptions.DbtInternalError),
    "Runtime Error": lenient_class("ChildRuntimeError", common_exceptions.DbtRuntimeError),
}


def error_text(stdout):
    """The message after the line `Encountered an error:`, or of the JSON event that stands for it; else None."""
    for line in stdout.splitlines():
        if line.startswith("{") and '"MainEncounteredError"' in line:
            return json.loads(line)["data"]["exc"]
    found = re.search(r"^.*Encountered an error:[^\n]*\n", stdout, re.MULTILINE)
    if found is None:
        return None
    rest = stdout[found.end() :]
    following = STAMP.search(rest)
    return rest[: following.start() if following else None].strip("\n")


def error_of(done):
    """The exception for a child that ended with a code other than 0 and 1."""
    if done.returncode == 2:
        text = error_text(done.stdout)
        if text is not None:
            for words, kind in KINDS.items():
                if text.startswith(words):
                    return kind(text)
            return KINDS["Runtime Error"](text)
        usage = re.search(r"^Error: (.*)", done.stderr, re.MULTILINE | re.DOTALL)
        if usage:
            return DbtUsageException(usage.group(1).strip())
    return crash(done)


def crash(done, problem=None):
    """The exception for a child that broke the contract; shows what it printed."""
    why = f"\n{type(problem).__name__}: {problem}" if problem else ""
    return ChildError(f"exit code {done.returncode}{why}\n--- stdout\n{done.stdout}\n--- stderr\n{done.stderr}")
