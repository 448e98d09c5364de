"""The operators' list on a terminal and in their chat, until operators have screens of their own."""

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
        CaseKind.DEAD_LETTER: "A message was refused for good: make sure that the patient knows, and have it mended.",
        CaseKind.UNCERTAIN: "A message was sent twice, and may not have arrived: make sure that the patient knows.",
        CaseKind.UPDATE_SET_ASIDE: "The bot failed at what somebody asked of it: call, and have it mended.",
    }
)
NOTHING: Final = "Nobody waits for an operator."
HEAD: Final = "Since {since}. {what}"
VISIT: Final = "  visit    {time}, {doctor}, {clinic}"
PATIENT: Final = "  patient  {given_names} {surname}, {phone}"
NEWS: Final = "New cases: {count}. To see all of them: python main.py cases"
TIME: Final = "  visit    {time}"
PHONE: Final = "  phone    {phone}"
NOTE: Final = "  note     {note}"


def cases_page(cases: Sequence[CaseCard], zone: ZoneInfo) -> str:
    """The whole list in plain text, times by the clock on the facility's walls."""
    if not cases:
        return NOTHING + "\n"
    return "\n\n".join("\n".join(_lines(case, zone)) for case in cases) + "\n"


def cases_message(cases: Sequence[CaseCard], zone: ZoneInfo) -> str:
    """New cases for the operators' chat: what to do and whom to call. Names, doctors and clinics stay on the list."""
    blocks = [NEWS.format(count=len(cases)), *("\n".join(_brief(case, zone)) for case in cases)]
    return "\n\n".join(blocks)


def _brief(case: CaseCard, zone: ZoneInfo) -> Iterator[str]:
    yield WHAT_TO_DO[case.kind]
    if case.starts_at is not None:
        yield TIME.format(time=_wall(case.starts_at, zone))
    if case.phone is not None:
        yield PHONE.format(phone=case.phone)
    if case.note:
        yield NOTE.format(note=case.note)


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
