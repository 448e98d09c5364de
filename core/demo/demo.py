"""What a demo file says: clinics with their doctors' hours, people who write to the bot, names for the others."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Final

PATIENT: Final = "patient"


@dataclass(frozen=True, slots=True)
class WeeklyHours:
    """Monday is 0; local wall time."""

    weekday: int
    starts: time
    ends: time


@dataclass(frozen=True, slots=True)
class DemoDoctor:
    """A doctor in one clinic; the same name in two clinics is the same doctor."""

    name: str
    minutes: int
    weekly: tuple[WeeklyHours, ...]

    @property
    def surname(self) -> str:
        return self.name.rsplit(" ", 1)[-1]


@dataclass(frozen=True, slots=True)
class DemoClinic:
    """`booked_percent` is meant for the whole horizon; in the first `full_days`, today included, nothing is free."""

    name: str
    address: str
    preparation: str
    booked_percent: int
    full_days: int
    doctors: tuple[DemoDoctor, ...]

    def booked_share(self, ahead: timedelta, horizon: timedelta) -> float:
        """How likely a slot so far ahead is booked, 0 to 1: half as much again today, half as much at the end."""
        if ahead < timedelta(days=self.full_days):
            return 1.0
        return min(self.booked_percent / 100 * (1.5 - ahead / horizon), 0.95)


@dataclass(frozen=True, slots=True)
class PlannedVisit:
    """Booked on the first open day at least `days_ahead` days from now, at the first time from `not_before` on."""

    clinic: str
    days_ahead: int
    not_before: time


@dataclass(frozen=True, slots=True)
class DemoAccount:
    given_names: str
    surname: str
    born: date
    identifier: str
    phone: str
    email: str
    login: str
    password: str
    visits: tuple[PlannedVisit, ...]


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody in a messenger; without an account, a stranger to the clinic, unless the role says staff.

    `shows`: what to try with this person."""

    chat_id: int
    first_name: str
    last_name: str
    username: str
    language_code: str
    shows: str
    account: DemoAccount | None
    role: str = PATIENT

    @property
    def note(self) -> str:
        """What whoever plays this person has to know."""
        if self.account:
            return f"login: {self.account.login}, password: {self.account.password}"
        return "no account" if self.role == PATIENT else ""


@dataclass(frozen=True, slots=True)
class DemoGroup:
    """A group in a messenger, founded by the first of its people; a forum has topics."""

    chat_id: int
    title: str
    forum: bool
    people: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Names:
    given_names: tuple[str, ...]
    surnames: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DemoCrowd:
    """Patients without accounts, who keep the agendas busy."""

    size: int
    women: Names
    men: Names


@dataclass(frozen=True, slots=True)
class Demo:
    """`key` seeds all chance: the same key and day make the same clinic."""

    key: str
    clinics: tuple[DemoClinic, ...]
    people: tuple[DemoPerson, ...]
    crowd: DemoCrowd
    groups: tuple[DemoGroup, ...] = ()

    @property
    def accounts(self) -> tuple[DemoAccount, ...]:
        return tuple(person.account for person in self.people if person.account is not None)
