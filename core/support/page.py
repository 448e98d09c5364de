"""The operators' list on a terminal, until operators have screens of their own."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from core.support.card import CaseCard
from core.support.case import CaseKind

WHAT_TO_DO: Final = MappingProxyType(
    {
        CaseKind.SLOT_REMOVED: "The doctor no longer works at that time: call, and move or cancel the visit.",
        CaseKind.NOBODY_REACHED: "No message reached the patient: call.",
    }
)
NOTHING: Final = "Nobody waits for an operator."
HEAD: Final = "Since {since}. {what}"
VISIT: Final = "  visit    {time}, {doctor}, {clinic}"
PATIENT: Final = "  patient  {given_names} {surname}, {phone}"
NOTE: Final = "  note     {note}"


def cases_page(cases: Sequence[CaseCard], zone: ZoneInfo) -> str:
    """The whole list in plain text, times by the clock on the facility's walls."""
    if not cases:
        return NOTHING + "\n"
    return "\n\n".join("\n".join(_lines(case, zone)) for case in cases) + "\n"


def _lines(case: CaseCard, zone: ZoneInfo) -> Iterator[str]:
    yield HEAD.format(since=_wall(case.opened_at, zone), what=WHAT_TO_DO[case.kind])
    if case.starts_at is not None:
        yield VISIT.format(time=_wall(case.starts_at, zone), doctor=case.doctor, clinic=case.clinic)
    if case.phone is not None:
        yield PATIENT.format(given_names=case.given_names, surname=case.surname, phone=case.phone)
    if case.note:
        yield NOTE.format(note=case.note)


def _wall(moment: datetime, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M")
