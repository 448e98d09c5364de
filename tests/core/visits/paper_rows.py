"""What is written on paper, and the clinic's policy as a reader of its profile would write it down."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from core.errors import Refusal

WARSAW: Final = ZoneInfo("Europe/Warsaw")
OPENS, CLOSES = time(7), time(22)
AWAKE, ASLEEP = time(8), time(21)
HOLD: Final = timedelta(minutes=5)
MINIMUM_NOTICE: Final = timedelta(minutes=30)
CHANGE_NOTICE: Final = timedelta(hours=2)
REMINDER_HOUR: Final = 18
DAY: Final = timedelta(days=1)


class Refused(Exception):
    """`reasons` are all the clinic's refusals that apply; which of them is said is the clinic's choice."""

    def __init__(self, reasons: set[type[Refusal]]) -> None:
        super().__init__()
        self.reasons = reasons


@dataclass
class Time:
    """A slot."""

    doctor: int
    starts_at: datetime
    ends_at: datetime
    removed: bool = False

    @property
    def day(self) -> date:
        return self.starts_at.astimezone(WARSAW).date()

    def overlaps(self, other: "Time") -> bool:
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


@dataclass
class Booked:
    """A visit; a cancelled one keeps its time."""

    patient: int
    slot: int
    version: int = 1
    live: bool = True


@dataclass
class Owed:
    """A reminder's `visit` is kept, since wishes change when it is due."""

    account: int
    due_at: datetime
    state: str = "waiting"
    reminder_of: int | None = None


@dataclass
class Wishes:
    hour: int = REMINDER_HOUR
    sms: bool = False
