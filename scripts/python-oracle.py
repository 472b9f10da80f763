"""What Python gives for the cases of src/jinja/python's tests: evaluates a file of them anew.

    python scripts/python-oracle.py values tests/fixtures/jinja/python-values.json
    python scripts/python-oracle.py modules tests/fixtures/jinja/modules.json [templates.txt]
    python scripts/python-oracle.py undefined tests/fixtures/jinja/undefined.json

The second form adds the templates of a file, which `---` lines separate. Needs jinja2 3.1, pytz
and Python 3.11, whose messages the tests hold; the third form needs dbt-common.
"""

import ast
import copy
import datetime
import itertools
import json
import operator
import os
import re
import sys
import time
from decimal import Decimal

import jinja2
import pytz
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

os.environ["TZ"] = "UTC"
time.tzset()

ENVIRONMENT = SandboxedEnvironment(extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"])
OPERATORS = {
    "add": operator.add, "sub": operator.sub, "mul": operator.mul, "div": operator.truediv,
    "floordiv": operator.floordiv, "mod": operator.mod, "pow": operator.pow, "neg": operator.neg,
    "pos": operator.pos, "eq": operator.eq, "ne": operator.ne, "lt": operator.lt,
    "le": operator.le, "gt": operator.gt, "ge": operator.ge, "contains": operator.contains,
    "toRepr": repr, "toStr": str, "truthy": bool,
    "concat": lambda *parts: "".join(map(str, parts)),
}
ITERTOOLS = (
    "count cycle repeat accumulate chain compress islice starmap tee zip_longest product "
    "permutations combinations combinations_with_replacement"
).split()


LAZY = ("generator", "list_reverseiterator", "reversed", "dict_reversekeyiterator")


def exported(module, names):
    return {name: getattr(module, name) for name in names}


def wrapped(function):
    return lambda *args, **kwargs: function(*args, **kwargs)


CONTEXT = {
    "modules": {
        "pytz": exported(pytz, pytz.__all__),
        "datetime": exported(datetime, ["date", "datetime", "time", "timedelta", "tzinfo"]),
        "re": exported(re, re.__all__),
        # dbt wraps these, so that they have no attributes.
        "itertools": {name: wrapped(getattr(itertools, name)) for name in ITERTOOLS},
    },
    "run_started_at": datetime.datetime(2024, 3, 5, 6, 7, 8, 123000, tzinfo=pytz.utc),
    "bracketed": lambda match: f"<{match.group(0)}>",
    "combined": lambda a, b: a * 10 + b,
}


def revive(value):
    if value == "UNDEF":
        return jinja2.Undefined(name="u")
    if isinstance(value, str) and value.startswith("DEC:"):
        return Decimal(value[4:])
    return tuple(map(revive, value)) if isinstance(value, tuple) else value


def plain(value):
    if isinstance(value, Markup):
        return str(value)
    lazy = type(value).__name__ in LAZY
    if lazy or isinstance(value, (type({}.keys()), type({}.values()), type({}.items()))):
        value = list(value)
    return [plain(item) for item in value] if isinstance(value, list) else value


def apply(kind, name, args, kwargs):
    if kind == "op":
        return OPERATORS[name](*args)
    if kind == "method" and name == "format":
        return ENVIRONMENT.from_string("{{ f.format(*a, **k) }}").render(f=args[0], a=args[1:], k=kwargs)
    if kind == "method":
        return getattr(args[0], name)(*args[1:], **kwargs)
    if kind == "test":
        return bool(ENVIRONMENT.call_test(name, args[0], args[1:]))
    context = ENVIRONMENT.from_string("").new_context()
    evaluation = jinja2.nodes.EvalContext(ENVIRONMENT)
    return ENVIRONMENT.call_filter(name, args[0], args[1:], kwargs, context, evaluation)


def evaluate(row):
    kind, name, args_text, kwargs_text = row[:4]
    args = [revive(arg) for arg in ast.literal_eval(args_text)]
    try:
        expected = repr(plain(apply(kind, name, args, ast.literal_eval(kwargs_text))))
    except Exception as error:
        expected = f"!{type(error).__name__}: {error}"
    after = [repr(args[0])] if len(row) > 5 else []
    return [kind, name, args_text, kwargs_text, expected, *after]


def render(template):
    try:
        return {"t": template, "ok": ENVIRONMENT.from_string(template).render(copy.copy(CONTEXT))}
    except Exception as error:
        return {"t": template, "msg": str(error)}


def render_undefined(row):
    from dbt_common.clients.jinja import get_environment

    environment = get_environment(capture_macros=row["lenient"])
    row = {"t": row["t"], "lenient": row["lenient"]}
    try:
        return {**row, "ok": environment.from_string(row["t"]).render({"d": {"a": 1}, "l": [1]})}
    except Exception as error:
        return {**row, "msg": str(error)}


FORMS = {
    "values": evaluate,
    "modules": lambda row: render(row["t"]),
    "undefined": render_undefined,
}


def main(form, path, more=None):
    try:
        with open(path, encoding="utf-8") as file:
            rows = json.load(file)
    except FileNotFoundError:
        rows = []
    if more:
        with open(more, encoding="utf-8") as file:
            known = {row["t"] for row in rows}
            added = [text.strip("\n") for text in re.split(r"^---$", file.read(), flags=re.M)]
            rows += [{"t": text} for text in added if text and text not in known]
    rows = [FORMS[form](row) for row in rows]
    with open(path, "w", encoding="utf-8") as file:
        file.write("[\n" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n]\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
