"""Reads a demo clinic from its file."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Any, Final

from core.demo.demo import (
    Demo,
    DemoAccount,
    DemoClinic,
    DemoCrowd,
    DemoDoctor,
    DemoGroup,
    DemoPerson,
    Names,
    PlannedVisit,
    WeeklyHours,
)

WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True)
class ChatPerson:
    """A demo person as a messenger lists people."""

    id: int
    first_name: str
    last_name: str
    username: str
    language_code: str
    note: str
    role: str
    email: str | None
    phone: str | None


def demo_people(file: Path) -> tuple[ChatPerson, ...]:
    """Everybody in this demo file who may write to the bot, with login and password in the note."""
    return tuple(
        ChatPerson(
            person.chat_id,
            person.first_name,
            person.last_name,
            person.username,
            person.language_code,
            person.note,
            person.role,
            person.account.email if person.account else None,
            person.account.phone if person.account else None,
        )
        for person in read_demo(file).people
    )


def demo_groups(file: Path) -> tuple[DemoGroup, ...]:
    """The groups in which the staff of this demo file meets the bot."""
    return read_demo(file).groups


def read_demo(file: Path) -> Demo:
    """The demo clinic in this file; KeyError, TypeError or ValueError for a file that is not one."""
    table = tomllib.loads(file.read_text("utf-8"))
    return Demo(
        key=file.stem,
        clinics=tuple(_clinic(**clinic) for clinic in table["clinics"]),
        people=tuple(_person(**person) for person in table["people"]),
        groups=tuple(_group(**group) for group in table["groups"]),
        crowd=DemoCrowd(
            size=table["crowd"]["size"],
            women=_names(**table["crowd"]["women"]),
            men=_names(**table["crowd"]["men"]),
        ),
    )


def _clinic(doctors: list[dict[str, Any]], **facts: Any) -> DemoClinic:
    return DemoClinic(**facts, doctors=tuple(_doctor(**doctor) for doctor in doctors))


def _doctor(weekly: str, **facts: Any) -> DemoDoctor:
    return DemoDoctor(**facts, weekly=tuple(_weekly_hours(weekly)))


def _weekly_hours(written: str) -> Iterator[WeeklyHours]:
    """Each weekday of "Mon Wed 08:00-13:00; Sat 09:00-13:00"."""
    for part in written.split(";"):
        *days, hours = part.split()
        starts, ends = (time.fromisoformat(moment) for moment in hours.split("-"))
        for day in days:
            yield WeeklyHours(WEEKDAYS.index(day), starts, ends)


def _person(names_in_chat: list[str], account: dict[str, Any] | None = None, **facts: Any) -> DemoPerson:
    first_name, last_name = names_in_chat
    return DemoPerson(
        **facts, first_name=first_name, last_name=last_name, account=_account(**account) if account else None
    )


def _group(people: list[int], **facts: Any) -> DemoGroup:
    return DemoGroup(**facts, people=tuple(people))


def _account(visits: list[dict[str, Any]], **facts: Any) -> DemoAccount:
    return DemoAccount(**facts, visits=tuple(PlannedVisit(**visit) for visit in visits))


def _names(given_names: list[str], surnames: list[str]) -> Names:
    return Names(tuple(given_names), tuple(surnames))
