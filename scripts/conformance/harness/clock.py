"""Tells the child which time a test has frozen, by a script that Node loads before the program."""

import os
from datetime import datetime, timezone
from unittest.mock import Mock

import freezegun.api
from dbt.materializations.incremental.microbatch import MicrobatchBuilder

SHIFT_SCRIPT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "shift-clock.cjs")


def frozen_time():
    """The moment that freezegun, or dbt's patch of the last batch, has fixed in this process; else None."""
    if freezegun.api.freeze_factories:
        return freezegun.api.freeze_factories[-1]().replace(tzinfo=timezone.utc)
    end_time = MicrobatchBuilder.build_end_time
    if isinstance(end_time, Mock) and isinstance(end_time.return_value, datetime):
        return end_time.return_value
    return None


def with_clock(environment, now):
    """The environment of a child whose Date starts at `now`."""
    options = f"{environment.get('NODE_OPTIONS', '')} --require {SHIFT_SCRIPT}".strip()
    return {**environment, "NODE_OPTIONS": options, "NAVO_TEST_NOW": now.isoformat()}
