"""Every field is read strictly, and what is wrong is said with what to do."""

from datetime import date, time

import pytest

from core.visits.loading.fields import (
    ADDRESS_LIMIT,
    CODE_LIMIT,
    NAME_LIMIT,
    SURNAME_LIMIT,
    BadRow,
    agenda_row,
    clinic_row,
    doctor_row,
)
from core.visits.loading.rows import AgendaRow
from core.visits.tables import agendas, clinics, doctors

CLINIC = {"code": "C", "name": "Poradnia", "address": "ul. Lipowa 4", "preparation": ""}
DOCTOR = {"code": "D", "name": "dr Jan Zima", "surname": "Zima"}
AGENDA = {
    "code": "A",
    "doctor": "D",
    "clinic": "C",
    "weekday": "Mon",
    "starts": "09:00",
    "ends": "12:00",
    "visit_minutes": "30",
    "valid_from": "",
    "valid_until": "",
}


def agenda(**changes: str) -> AgendaRow:
    return agenda_row(AGENDA | changes)


@pytest.mark.parametrize("weekday", ["Wed", "wed", "3"])
def test_weekdays_have_names_and_numbers(weekday: str) -> None:
    assert agenda(weekday=weekday).weekday == 2


def test_times_and_days_are_read() -> None:
    row = agenda(starts="9:05", ends="12:00:00", valid_from="2026-01-01", valid_until="2026-12-31")
    assert (row.starts, row.ends) == (time(9, 5), time(12))
    assert (row.valid_from, row.valid_until) == (date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"code": ""}, "code is empty"),
        ({"doctor": ""}, "doctor is empty"),
        ({"code": "x" * 41}, "code has 41 characters and may have 40"),
        ({"weekday": "Monday morning"}, "weekday is 'Monday morning': write Mon"),
        ({"weekday": "0"}, "weekday is '0'"),
        ({"weekday": "8"}, "weekday is '8'"),
        ({"weekday": "\uff13"}, "weekday is"),
        ({"weekday": ""}, "weekday is ''"),
        ({"starts": "9"}, "starts is '9': write a time"),
        ({"starts": "09:60"}, "starts is '09:60'"),
        ({"ends": "24:00"}, "ends is '24:00'"),
        ({"ends": "\u0661\u0662:00"}, "ends is"),
        ({"ends": "09:00"}, "ends is not later than starts"),
        ({"starts": "12:00", "ends": "09:00"}, "ends is not later than starts"),
        ({"visit_minutes": "4"}, "visit_minutes is '4': write a whole number from 5 to 480"),
        ({"visit_minutes": "481"}, "visit_minutes is '481'"),
        ({"visit_minutes": "30.5"}, "visit_minutes is '30.5'"),
        ({"visit_minutes": "-30"}, "visit_minutes is '-30'"),
        ({"visit_minutes": "181"}, "No visit of 181 minutes fits"),
        ({"valid_from": "1.1.2026"}, "valid_from is '1.1.2026': write a day as 2026-12-31"),
        ({"valid_from": "2026-02-30"}, "valid_from is '2026-02-30'"),
        ({"valid_until": "20261231"}, "valid_until is '20261231'"),
        ({"valid_from": "2026-02-01", "valid_until": "2026-01-31"}, "valid_until is before valid_from"),
    ],
)
def test_a_bad_agenda_is_refused_with_what_to_do(changes: dict[str, str], reason: str) -> None:
    with pytest.raises(BadRow) as refused:
        agenda(**changes)
    assert reason in str(refused.value)
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize(
    ("column", "text", "reason"),
    [
        ("name", "", "name is empty"),
        ("name", "x" * 121, "name has 121 characters and may have 120"),
        ("address", "", "address is empty"),
        ("address", "x" * 201, "address has 201"),
        ("preparation", "x" * 2001, "preparation has 2001"),
        ("name", "Poradnia\noczna", "name holds a line break"),
        ("name", "Poradnia\toczna", "name holds a line break, a tab"),
        ("preparation", "na\x00czczo", "preparation holds"),
        ("preparation", "na\udcb3czo", "preparation is not UTF-8"),
    ],
)
def test_a_bad_clinic_is_refused_with_what_to_do(column: str, text: str, reason: str) -> None:
    with pytest.raises(BadRow, match=reason):
        clinic_row(CLINIC | {column: text})


def test_preparation_may_have_several_lines() -> None:
    assert clinic_row(CLINIC | {"preparation": "Na czczo.\r\nBez kawy."}).preparation == "Na czczo.\nBez kawy."


@pytest.mark.parametrize(("column", "limit"), [("code", 40), ("name", 120), ("surname", 60)])
def test_a_doctor_has_limits_too(column: str, limit: int) -> None:
    assert doctor_row(DOCTOR | {column: "x" * limit})
    with pytest.raises(BadRow):
        doctor_row(DOCTOR | {column: "x" * (limit + 1)})


def test_the_limits_are_those_of_the_schema() -> None:
    for table in (clinics, doctors, agendas):
        assert table.c.code.type.length == CODE_LIMIT  # type: ignore[attr-defined]
    assert clinics.c.name.type.length == doctors.c.name.type.length == NAME_LIMIT  # type: ignore[attr-defined]
    assert doctors.c.surname.type.length == SURNAME_LIMIT  # type: ignore[attr-defined]
    assert clinics.c.address.type.length == ADDRESS_LIMIT  # type: ignore[attr-defined]
