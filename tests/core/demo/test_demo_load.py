"""What lies in the database after loading."""

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random
from shutil import copy
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Row
from stdnum.pl import pesel

from core.alerts.alert import AlertKind
from core.clinic import Clinic
from core.demo.demo import Demo
from core.demo.fill_clinic import AlreadyFilled
from core.demo.load_demo import load_demo
from core.demo.questions import is_empty
from core.facility.profile import Channel, FacilityProfile
from core.identity.greet_chat import greet_chat
from core.identity.hasher import Hasher
from core.identity.log_in import log_in
from core.identity.person import ChatId, Person, Role
from core.storage.database import Database
from core.storage.migrate import migrate
from core.visits.loading.keep_agendas import keep_agendas
from core.visits.loading.tally import Settled
from core.visits.visit import VisitStatus
from tests.core.demo.conftest import NOW, FixedClock, LoadedOn, Rows
from tests.stage.memory import postgresql_database

TODAY = date(2026, 9, 1)
WARSAW = ZoneInfo("Europe/Warsaw")
A_HORIZON = timedelta(days=60)


def planned_by(rows: Rows, surname: str) -> list[Row[Any]]:
    (patient,) = [row.id for row in rows["patients"] if row.surname == surname and row.phone.startswith("+48699000")]
    return sorted((row for row in rows["visits"] if row.patient_id == patient), key=lambda visit: visit.starts_at)


def test_the_clinic_is_as_large_as_a_real_one(rows: Rows, demo: Demo) -> None:
    assert len(rows["clinics"]) == len(demo.clinics) == 16
    assert len(rows["doctors"]) == 76
    assert 37_000 < len(rows["slots"]) < 45_000
    assert len(rows["accounts"]) == 8
    assert len(rows["patients"]) == 408


def test_slots_reach_from_today_to_the_horizon(rows: Rows) -> None:
    days = {slot.day for slot in rows["slots"]}
    assert (min(days), max(days)) == (TODAY, TODAY + A_HORIZON)
    assert all(slot.starts_at.astimezone(WARSAW).date() == slot.day for slot in rows["slots"])


def test_a_third_to_two_thirds_of_each_clinic_is_booked_and_near_days_are_fuller(rows: Rows) -> None:
    slots, booked, near, near_booked = Counter[int](), Counter[int](), Counter[int](), Counter[int]()
    for slot in rows["slots"]:
        is_near = slot.day < TODAY + timedelta(days=14)
        slots[slot.clinic_id] += 1
        booked[slot.clinic_id] += not slot.free
        near[slot.clinic_id] += is_near
        near_booked[slot.clinic_id] += is_near and not slot.free
    for clinic, everything in slots.items():
        share = booked[clinic] / everything
        assert 0.28 < share < 0.64
        assert near_booked[clinic] / near[clinic] > share


def test_one_clinic_has_nothing_free_for_a_week(rows: Rows) -> None:
    (endocrinology,) = [clinic.id for clinic in rows["clinics"] if clinic.name == "Poradnia endokrynologiczna"]
    free = [slot.day for slot in rows["slots"] if slot.clinic_id == endocrinology and slot.free]
    assert TODAY + timedelta(days=7) <= min(free) <= TODAY + timedelta(days=9)


def test_each_booked_slot_has_its_visit_and_no_free_one_has(rows: Rows) -> None:
    taken = {slot.id: slot for slot in rows["slots"] if not slot.free}
    assert {visit.slot_id for visit in rows["visits"]} == taken.keys()
    assert len(rows["visits"]) == len(taken)
    for visit in rows["visits"]:
        slot = taken[visit.slot_id]
        assert (visit.clinic_id, visit.doctor_id, visit.starts_at) == (slot.clinic_id, slot.doctor_id, slot.starts_at)
        assert visit.status is VisitStatus.CONFIRMED
        assert visit.booked_at < NOW


@pytest.mark.parametrize(("kind", "whose"), [("visits", "patient_id"), ("slots", "doctor_id")])
def test_nobody_is_in_two_places_at_once(rows: Rows, kind: str, whose: str) -> None:
    days = defaultdict(list)
    for row in rows[kind]:
        days[getattr(row, whose)].append((row.starts_at, row.ends_at))
    for times in days.values():
        times.sort()
        assert all(before[1] <= after[0] for before, after in pairwise(times))


def test_every_patient_has_a_valid_pesel_of_their_own(rows: Rows) -> None:
    assert len({patient.identifier for patient in rows["patients"]}) == len(rows["patients"])
    for patient in rows["patients"]:
        pesel.validate(patient.identifier)
        assert pesel.get_birth_date(patient.identifier) == patient.born


def test_two_people_have_visits_ahead_and_the_others_none(rows: Rows) -> None:
    first, second = planned_by(rows, "Wójcik")
    assert first.starts_at == datetime(2026, 9, 3, 10, 0, tzinfo=WARSAW)
    assert TODAY + timedelta(days=5) <= second.starts_at.astimezone(WARSAW).date() <= TODAY + timedelta(days=8)
    (tomorrow,) = planned_by(rows, "Sokolova")
    assert tomorrow.starts_at == datetime(2026, 9, 2, 9, 0, tzinfo=WARSAW)
    assert not any(planned_by(rows, name) for name in ("Ferrara", "Conti", "Morozov", "Carter", "O'Connor"))


def test_who_has_an_account_is_reminded_of_each_visit(rows: Rows) -> None:
    visits = {visit.id for name in ("Wójcik", "Sokolova") for visit in planned_by(rows, name)}
    assert {(alert.kind, alert.channel, alert.visit_id) for alert in rows["alerts"]} == {
        (AlertKind.REMINDER, Channel.TELEGRAM, visit) for visit in visits
    }


@pytest.mark.parametrize("days", range(1, 7))
def test_there_is_a_visit_tomorrow_on_any_day_of_the_week(loaded_on: LoadedOn, days: int) -> None:
    now = NOW + timedelta(days=days)
    (tomorrow,) = planned_by(loaded_on(now), "Sokolova")
    assert tomorrow.starts_at.date() == now.date() + timedelta(days=1)


def test_loading_twice_on_a_day_makes_the_same_rows(loaded_on: LoadedOn) -> None:
    morning, evening = loaded_on(NOW), loaded_on(NOW + timedelta(hours=10))
    secrets = {row.password_hash for rows in (morning, evening) for row in rows["accounts"]}
    assert len(secrets) == 16
    assert morning.pop("accounts") != evening.pop("accounts")
    assert len(morning.pop("alerts")) == len(evening.pop("alerts")) + 1, "by the evening tomorrow's reminder is late"
    assert morning == evening


def test_both_engines_hold_the_same_demo(loaded_on: LoadedOn) -> None:
    with postgresql_database() as url:
        one, other = loaded_on(NOW), loaded_on(NOW, url)
    assert len(one.pop("accounts")) == len(other.pop("accounts"))
    assert one == other


def test_another_day_shifts_the_times_and_keeps_the_people(loaded_on: LoadedOn) -> None:
    today, tomorrow = loaded_on(NOW), loaded_on(NOW + timedelta(days=1))
    for kind in ("clinics", "doctors", "patients"):
        assert today[kind] == tomorrow[kind]
    assert [agenda[:-1] for agenda in today["agendas"]] == [agenda[:-1] for agenda in tomorrow["agendas"]]
    for rows, day in ((today, TODAY), (tomorrow, TODAY + timedelta(days=1))):
        assert min(slot.day for slot in rows["slots"]) == day
        assert {agenda.made_until for agenda in rows["agendas"]} == {day + timedelta(days=14)}


def test_the_clinic_is_closed_on_public_holidays(loaded_on: LoadedOn) -> None:
    rows = loaded_on(datetime(2026, 12, 23, 12, 0, tzinfo=UTC))
    days = {slot.day for slot in rows["slots"]}
    christmas = {date(2026, 12, day) for day in (24, 25, 26)}
    assert not days & (christmas | {date(2027, 1, 1), date(2027, 1, 6)})
    assert {date(2026, 12, 23), date(2026, 12, 27), date(2027, 1, 2)} <= days
    (next_open,) = planned_by(rows, "Sokolova")
    assert next_open.starts_at.date() == date(2026, 12, 27)


async def test_everybody_can_log_in(demo_file: Path, demo: Demo, facility: FacilityProfile, hasher: Hasher) -> None:
    database = Database.at(f"sqlite:///{demo_file}")
    clinic = Clinic(database, facility, FixedClock(NOW), Random(2))
    for person in demo.people:
        if person.account is not None:
            chat = ChatId(person.chat_id)
            await clinic.clockwork(greet_chat, chat, person.language_code)
            stranger = clinic.acting_as(Person(Role.STRANGER, chat=chat))
            await log_in(stranger, hasher, person.account.login.upper(), person.account.password)
    await database.close()


async def test_a_demo_is_loaded_into_an_empty_database_only(
    tmp_path: Path, demo_file: Path, demo: Demo, facility: FacilityProfile, hasher: Hasher
) -> None:
    new, filled = Database.at(f"sqlite:///{tmp_path}/new.db"), Database.at(f"sqlite:///{demo_file}")
    await migrate(new)
    assert await Clinic(new, facility, FixedClock(NOW), Random(1)).read(is_empty)
    clinic = Clinic(filled, facility, FixedClock(NOW), Random(1))
    assert not await clinic.read(is_empty)
    with pytest.raises(AlreadyFilled):
        await load_demo(clinic, hasher, demo)
    await new.close()
    await filled.close()


async def test_whoever_waits_hears_how_far_it_has_come(
    tmp_path: Path, demo: Demo, facility: FacilityProfile, hasher: Hasher
) -> None:
    told: dict[str, list[tuple[int, int]]] = defaultdict(list)
    a_week = replace(facility, booking=replace(facility.booking, horizon=timedelta(days=7)))
    database = Database.at(f"sqlite:///{tmp_path}/new.db")
    await migrate(database)
    clinic = Clinic(database, a_week, FixedClock(NOW), Random(1))
    await load_demo(clinic, hasher, demo, lambda what, done, of: told[what].append((done, of)))
    await database.close()
    assert list(told) == ["passwords", "agendas", "patients", "slots", "visits"]
    for steps in told.values():
        done, (of,) = [step[0] for step in steps], {step[1] for step in steps}
        assert done == sorted(done)
        assert done[-1] == of
    assert len(told["slots"]) > 2


async def test_a_demo_goes_on_by_the_clock(tmp_path: Path, demo_file: Path, facility: FacilityProfile) -> None:
    """What was loaded is left as it is, and each day that comes has its slots."""
    database = Database.at(f"sqlite:///{copy(demo_file, tmp_path / 'reception.db')}")
    clinic = Clinic(database, facility, FixedClock(NOW), Random(3))
    assert await keep_agendas(clinic, no_pause) == Settled()
    a_week_later = replace(clinic, clock=FixedClock(NOW + timedelta(days=7)))
    settled = await keep_agendas(a_week_later, no_pause)
    assert settled.made > 3_000
    assert (settled.changed, settled.closed, settled.without_time) == (0, 0, 0)
    assert await keep_agendas(a_week_later, no_pause) == Settled()
    await database.close()


async def no_pause() -> None:
    """Nobody else is waiting."""
