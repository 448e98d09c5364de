from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core.errors import Refusal


@dataclass
class SlotTaken(Refusal):
    """Somebody else was faster, or is just confirming."""

    slot_id: int


@dataclass
class SlotPast(Refusal):
    """The slot has begun, or begins too soon to be booked online."""

    slot_id: int


@dataclass
class PatientBusy(Refusal):
    """The patient has another visit at that time."""

    starts_at: datetime


@dataclass
class VisitNotLive(Refusal):
    """The visit was cancelled, or is over: it can be neither moved nor cancelled."""


@dataclass
class NoVisitThatDay(Refusal):
    """A reminder is answered late: its visits were moved or cancelled, or have begun."""

    day: date


@dataclass
class TooLateToChange(Refusal):
    """Visits are changed online until `notice` before they start; afterwards the reception helps."""

    notice: timedelta
    phone: str


@dataclass
class ReasonTooLong(Refusal):
    """A reason has at most `limit` characters."""

    limit: int
    length: int
