"""Gives the JSON log lines of a child to callbacks that expect dbt's event messages."""

import json
from types import SimpleNamespace


class Message(SimpleNamespace):
    """A message whose absent fields are empty messages, as those of dbt's message classes are."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Message()

    def __bool__(self):
        return bool(self.__dict__)


def namespace(value):
    if isinstance(value, dict):
        return Message(**{str(key): namespace(inner) for key, inner in value.items()})
    if isinstance(value, list):
        return [namespace(inner) for inner in value]
    return value


def send_events(stdout, callbacks):
    """Calls each callback with each JSON log line, its fields as attributes (`event.info.name`)."""
    for line in stdout.splitlines():
        if not line.startswith("{"):
            continue
        try:
            event = namespace(json.loads(line))
        except ValueError:
            continue
        for callback in callbacks:
            callback(event)
