"""What Python's Jinja2 makes of templates, for tests and the fuzzer.

Reads {"ctx": {...}, "templates": [...]} from standard input and writes a list of
{"ok": text} or {"err": class, "msg": text}. With a file of cases as argument, evaluates
its templates anew and rewrites it. Needs jinja2 3.1.
"""

import json
import sys

from jinja2.sandbox import SandboxedEnvironment

ENVIRONMENT = SandboxedEnvironment(extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"])


def render(template, context):
    try:
        return {"ok": ENVIRONMENT.from_string(template).render(**context)}
    except Exception as error:
        return {"err": type(error).__name__, "msg": str(error)}


def rewrite(path):
    with open(path, encoding="utf-8") as file:
        document = json.load(file)
    for case in document["cases"]:
        for key in ("ok", "err", "msg"):
            case.pop(key, None)
        case.update(render(case["t"], document["ctx"]))
    with open(path, "w", encoding="utf-8") as file:
        json.dump(document, file, indent=0, ensure_ascii=True)
        file.write("\n")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        rewrite(sys.argv[1])
    else:
        request = json.load(sys.stdin)
        json.dump([render(t, request["ctx"]) for t in request["templates"]], sys.stdout)
