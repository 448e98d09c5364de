"""Days come within the horizon, and agendas keep up with them by themselves."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import pytest

from core.transaction import Transaction
from core.visits.agenda import Agenda, AgendaId
from core.visits.doctor import Doctor, DoctorId
from core.visits.loading.keep_agendas import keep_agendas
from core.visits.loading.load_files import load_files
from core.visits.loading.sheet import open_sheets
from core.visits.loading.tally import Settled
from core.visits.outpatient_clinic import ClinicId, OutpatientClinic
from tests.core.visits.loading.office import AGENDAS, Office, no_pause, no_progress
from tests.stage.house import PROFILE, House

DAILY: Final = [f"Z-{day},ZIMA,SKIN,{day},09:00,11:00,60,," for day in range(1, 8)]
WARSAW: Final = ZoneInfo("Europe/Warsaw")
ROME: Final = ZoneInfo("Europe/Rome")
NIGHTS: Final = DoctorId(77)


def add_a_night_doctor(tx: Transaction) -> None:
    """Half-hour visits in the small hours of Sundays."""
    tx.catalogue.add(
        OutpatientClinic(ClinicId(78), "Dyżur nocny", "ul. Lipowa 4", ""), Doctor(NIGHTS, "lek. Noc", "Noc")
    )
    tx.catalogue.add(Agenda(AgendaId(79), NIGHTS, ClinicId(78), 6, time(1, 30), time(4), visit_minutes=30))


def last_day(office: Office) -> str:
    query = "SELECT max(day) FROM slots JOIN doctors ON doctors.id = slots.doctor_id WHERE doctors.code = 'ZIMA'"
    return str(office.house.row(query)[0])


async def test_a_new_day_has_slots_as_soon_as_it_can_be_booked(office: Office) -> None:
    await office.agendas(*DAILY)
    assert last_day(office) == "2027-01-22"
    office.house.clock.moment += timedelta(days=1)
    assert (await keep_agendas(office.house.clinic, no_pause)).made == 2, "a Saturday, when nobody else works"
    assert last_day(office) == "2027-01-23"


async def test_the_second_look_of_a_day_finds_nothing_to_do(office: Office) -> None:
    await office.agendas(*DAILY)
    office.house.clock.moment += timedelta(days=1)
    await keep_agendas(office.house.clinic, no_pause)
    before = office.everything()
    assert await keep_agendas(office.house.clinic, no_pause) == Settled()
    assert office.everything() == before


async def test_after_a_week_of_silence_it_catches_up(office: Office) -> None:
    await office.agendas(*DAILY)
    office.house.clock.moment += timedelta(days=7)
    await keep_agendas(office.house.clinic, no_pause)
    assert last_day(office) == "2027-01-29"
    assert all(office.offered("ZIMA", 1, day, year=2027) for day in range(23, 30))


async def test_an_agenda_that_ends_is_made_to_its_end_and_then_left_alone(office: Office) -> None:
    await office.agendas("Z-1,ZIMA,SKIN,Mon,09:00,10:00,60,,2027-01-25")
    office.house.clock.moment += timedelta(days=7)
    await keep_agendas(office.house.clinic, no_pause)
    assert last_day(office) == "2027-01-25"
    office.house.clock.moment += timedelta(days=7)
    await keep_agendas(office.house.clinic, no_pause)
    assert last_day(office) == "2027-01-25"


async def test_what_a_stopped_loading_left_is_finished_by_the_clock(office: Office) -> None:
    async def stop() -> None:
        raise InterruptedError

    sheets = open_sheets([office.writes("agendas.csv", AGENDAS + "\n".join(DAILY))])
    with pytest.raises(InterruptedError):
        await load_files(office.house.clinic, sheets, False, no_progress, stop)
    assert not office.offered("ZIMA", 11, 24)
    await keep_agendas(office.house.clinic, no_pause)
    assert office.offered("ZIMA", 11, 24) == ["09:00 60 SKIN", "10:00 60 SKIN"]
    assert last_day(office) == "2027-01-22"


async def test_a_changed_agenda_is_settled_from_today_even_if_its_slots_were_made(office: Office) -> None:
    await office.agendas(*DAILY)
    office.house.rows("UPDATE agendas SET ends = '10:00:00.000000', made_until = NULL WHERE code = 'Z-2'")
    await keep_agendas(office.house.clinic, no_pause)
    assert office.offered("ZIMA", 11, 24) == ["09:00 60 SKIN"]
    assert office.offered("ZIMA", 11, 25) == ["09:00 60 SKIN", "10:00 60 SKIN"]


@pytest.mark.parametrize("zone", [WARSAW, ROME], ids=["Warsaw", "Rome"])
@pytest.mark.parametrize(
    ("now", "missing_or_doubled", "moments"),
    [
        # 29 March 2026: 02:00 becomes 03:00.
        (datetime(2026, 3, 2, 9, tzinfo=UTC), (2026, 3, 29), ["00:30", "01:00", "01:30"]),
        # 25 October 2026: 03:00 becomes 02:00; the hour is offered when it comes first.
        (datetime(2026, 10, 1, 9, tzinfo=UTC), (2026, 10, 25), ["23:30", "00:00", "00:30", "02:00", "02:30"]),
    ],
    ids=["spring", "autumn"],
)
async def test_the_missing_hour_has_no_slots_and_the_doubled_one_has_them_once(
    house: House, zone: ZoneInfo, now: datetime, missing_or_doubled: tuple[int, int, int], moments: list[str]
) -> None:
    house.clock.moment = now
    clinic = replace(house.clinic, facility=replace(PROFILE, timezone=zone))
    year, month, day = missing_or_doubled
    await clinic(add_a_night_doctor)
    for _ in range(2):
        await keep_agendas(clinic, no_pause)
    query = "SELECT starts_at FROM slots WHERE doctor_id = ? AND day = ? ORDER BY 1"
    made = house.rows(query, NIGHTS, f"{year}-{month:02}-{day:02}")
    assert [starts[11:16] for (starts,) in made] == moments
