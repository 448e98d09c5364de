"""A raw update and how far it got. What it says is the messenger's business."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

MOST_TRIES: Final = 5
KEEP_KEYS: Final = timedelta(days=8)


class UpdateState(StrEnum):
    WAITING = "waiting"
    DONE = "done"
    SET_ASIDE = "set_aside"


@dataclass(eq=False)
class StoredUpdate:
    """`number` orders what came; `lane` is whose turn it is: updates of one lane go one after another.

    `seat` is the process that works on it. Once an update has ended, nothing about it changes any more: another process
    may have ended it while this one had lost its seat.
    """

    number: int | None
    key: str
    lane: str
    payload: dict[str, Any] | None
    received_at: datetime
    due_at: datetime
    state: UpdateState = UpdateState.WAITING
    tries: int = 0
    sealed: bytes | None = None
    seat: int = 0
    leased_until: datetime | None = None

    @property
    def waits(self) -> bool:
        return self.state is UpdateState.WAITING

    def finish(self) -> None:
        """Done, and its words forgotten: they may hold a typed password."""
        self.state, self.payload = UpdateState.DONE, None

    def set_aside(self, sealed: bytes) -> None:
        """Too many tries: its words are kept under a seal, and its lane goes on."""
        self.state, self.payload, self.sealed = UpdateState.SET_ASIDE, None, sealed


@dataclass(frozen=True, slots=True)
class Arrival:
    """An update as it came. `key` names it for ever: bot and update id."""

    key: str
    lane: str
    payload: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Job:
    """The next update of a lane, with the forms of that lane as they stood when it was taken."""

    key: str
    lane: str
    payload: dict[str, Any]
    tries: int
    forms: dict[str, Any]
