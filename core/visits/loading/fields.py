"""What stands in a field, read strictly: a wrong value is refused with a sentence that says what to do."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, time
from typing import Final

from core.visits.loading.rows import AgendaRow, ClinicRow, DoctorRow

CODE_LIMIT: Final = 40
NAME_LIMIT: Final = 120
SURNAME_LIMIT: Final = 60
ADDRESS_LIMIT: Final = 200
PREPARATION_LIMIT: Final = 2000
SHORTEST_VISIT: Final = 5
LONGEST_VISIT: Final = 480
WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MINUTES_A_HOUR: Final = 60

Fields = Mapping[str, str]


class BadRow(ValueError):
    """A row that cannot be loaded; its text says what is wrong and what to do."""

    def __init__(self, words: str, **facts: object) -> None:
        super().__init__(words.format(**facts))


def clinic_row(fields: Fields) -> ClinicRow:
    """Raises BadRow."""
    return ClinicRow(
        code=_code(fields, "code"),
        name=_text(fields, "name", NAME_LIMIT),
        address=_text(fields, "address", ADDRESS_LIMIT),
        preparation=_text(fields, "preparation", PREPARATION_LIMIT, may_be_empty=True, may_have_lines=True),
    )


def doctor_row(fields: Fields) -> DoctorRow:
    """Raises BadRow."""
    return DoctorRow(
        code=_code(fields, "code"),
        name=_text(fields, "name", NAME_LIMIT),
        surname=_text(fields, "surname", SURNAME_LIMIT),
    )


def agenda_row(fields: Fields) -> AgendaRow:
    """Raises BadRow; whether the doctor and the clinic are known is not asked here."""
    row = AgendaRow(
        code=_code(fields, "code"),
        doctor=_code(fields, "doctor"),
        clinic=_code(fields, "clinic"),
        weekday=_weekday(fields["weekday"]),
        starts=_clock(fields, "starts"),
        ends=_clock(fields, "ends"),
        visit_minutes=_minutes(fields["visit_minutes"]),
        valid_from=_day(fields, "valid_from"),
        valid_until=_day(fields, "valid_until"),
    )
    if row.starts >= row.ends:
        raise BadRow("ends is not later than starts: put the later time into ends.")
    if _since_midnight(row.ends) - _since_midnight(row.starts) < row.visit_minutes:
        words = "No visit of {minutes} minutes fits between starts and ends: lengthen the hours, or shorten the visit."
        raise BadRow(words, minutes=row.visit_minutes)
    if row.valid_from and row.valid_until and row.valid_from > row.valid_until:
        raise BadRow("valid_until is before valid_from: put the later day into valid_until.")
    return row


def _code(fields: Fields, column: str) -> str:
    return _text(fields, column, CODE_LIMIT)


def _text(fields: Fields, column: str, limit: int, *, may_be_empty: bool = False, may_have_lines: bool = False) -> str:
    text = fields[column].replace("\r\n", "\n").replace("\r", "\n")
    if not text and not may_be_empty:
        raise BadRow("{column} is empty: fill it in.", column=column)
    if len(text) > limit:
        raise BadRow(
            "{column} has {length} characters and may have {limit}: shorten it.",
            column=column,
            length=len(text),
            limit=limit,
        )
    kinds = {unicodedata.category(letter) for letter in text if not (may_have_lines and letter == "\n")}
    if "Cs" in kinds:
        raise BadRow("{column} is not UTF-8: save the file as CSV UTF-8.", column=column)
    if kinds & {"Cc", "Zl", "Zp"}:
        raise BadRow("{column} holds a line break, a tab or another control character: remove it.", column=column)
    return text


def _weekday(text: str) -> int:
    if re.fullmatch("[1-7]", text):
        return int(text) - 1
    if text.casefold() not in WEEKDAYS:
        raise BadRow("weekday is {text!r}: write Mon, Tue, Wed, Thu, Fri, Sat or Sun, or 1 (Monday) to 7.", text=text)
    return WEEKDAYS.index(text.casefold())


def _clock(fields: Fields, column: str) -> time:
    match = re.fullmatch(r"([0-9]{1,2}):([0-9]{2})(?::00)?", fields[column])
    if match is None or int(match[1]) > 23 or int(match[2]) > 59:
        raise BadRow("{column} is {text!r}: write a time from 00:00 to 23:59.", column=column, text=fields[column])
    return time(int(match[1]), int(match[2]))


def _minutes(text: str) -> int:
    if not re.fullmatch("[0-9]{1,3}", text) or not SHORTEST_VISIT <= int(text) <= LONGEST_VISIT:
        raise BadRow(
            "visit_minutes is {text!r}: write a whole number from {shortest} to {longest}.",
            text=text,
            shortest=SHORTEST_VISIT,
            longest=LONGEST_VISIT,
        )
    return int(text)


def _day(fields: Fields, column: str) -> date | None:
    text = fields[column]
    if not text:
        return None
    try:
        if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise BadRow("{column} is {text!r}: write a day as 2026-12-31, or leave it empty.", column=column, text=text)


def _since_midnight(moment: time) -> int:
    return moment.hour * MINUTES_A_HOUR + moment.minute
