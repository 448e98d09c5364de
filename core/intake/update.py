"""A raw update and how far it got. What it says is the messenger's business."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

MOST_TRIES: Final = 5
KEEP_KEYS: Final = timedelta(days=8)
LEASE: Final = timedelta(seconds=60)
# Whoever has just been given an update may not have begun it yet.
FRESH: Final = timedelta(seconds=10)


class UpdateState(StrEnum):
    """Once an update has ended, nothing about it changes any more: another process may have ended it."""

    WAITING = "waiting"
    DONE = "done"
    SET_ASIDE = "set_aside"


@dataclass(frozen=True, slots=True)
class Arrival:
    """An update as it came. `key` names it for ever: bot and update id. Those of one `lane` go one after another."""

    key: str
    lane: str
    payload: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Job:
    """An update in the hands of this seat, with the forms of its lane, in JSON, as they stood when it was taken."""

    key: str
    lane: str
    payload: dict[str, Any]
    tries: int
    seat: int
    received_at: datetime
    forms: dict[str, str]
