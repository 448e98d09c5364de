"""What the house answers when it is asked how it is."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any, Final

import aiohttp
import pytest
from sqlalchemy import make_url

from bot.health import LATEST_ALERT, LONGEST_SILENCE, OLDEST_UPDATE, health_routes
from bot.metrics import Metrics
from bot.pulse import Pulse
from bot.vitals import open_checkup
from bot.web import open_web
from core.clinic import Clinic
from core.intake.receive_updates import receive_updates
from core.intake.update import Arrival
from core.storage.database import Database
from core.visits.book_visit import book_visit
from tests.peers.held_line import line_to
from tests.stage.house import PROFILE, House
from tests.stage.memory import ENGINES
from tests.stage.small_clinic import MARIA, NOWAK
from tests.stage.stage import StandingClock

BACKLOGS: Final = ("reception_inbox_open", "reception_alerts_overdue", "reception_database_seconds")


@dataclass
class Watch:
    """A clock without a wall, which moves when it is told to."""

    seconds: float = 1000.0

    def __call__(self) -> float:
        return self.seconds

    def move(self, by: timedelta) -> None:
        self.seconds += by.total_seconds()


@dataclass
class Doctor:
    """Whoever asks the house how it is."""

    http: aiohttp.ClientSession
    pulse: Pulse

    async def asks(self, path: str = "/healthz") -> tuple[int, dict[str, Any]]:
        async with self.http.get(path) as answer:
            assert answer.headers["Cache-Control"] == "no-store"
            return answer.status, await answer.json()

    async def reads_numbers(self) -> str:
        async with self.http.get("/metrics") as answer:
            assert answer.status == 200
            return await answer.text()


@asynccontextmanager
async def a_doctor_for(clinic: Clinic, pulse: Pulse) -> AsyncIterator[Doctor]:
    async with (
        open_checkup(clinic) as checkup,
        open_web("127.0.0.1:0", health_routes(checkup, pulse, Metrics())) as address,
        aiohttp.ClientSession(address) as http,
    ):
        yield Doctor(http, pulse)


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
async def doctor(house: House, watch: Watch) -> AsyncIterator[Doctor]:
    async with a_doctor_for(house.clinic, Pulse(polls=True, clock=watch)) as opened:
        yield opened


@pytest.mark.parametrize("engine", ENGINES)
async def test_a_house_that_is_well_says_so(doctor: Doctor) -> None:
    doctor.pulse.heard()
    status, words = await doctor.asks()
    assert (status, words["ok"], words["wrong"]) == (200, True, [])
    assert words["database"]["ok"]
    assert words["database"]["seconds"] >= 0
    assert words["telegram"] == {"heard_seconds_ago": 0, "owed_seconds": 0}
    assert (words["inbox"], words["alerts"]) == (
        {"open": 0, "oldest_seconds": 0},
        {"overdue": 0, "latest_seconds": 0},
    )


async def test_a_process_is_ready_from_its_seat_and_telegrams_answer_until_it_drains(doctor: Doctor) -> None:
    assert await doctor.asks("/readyz") == (503, {"ok": False, "state": "starting"})
    doctor.pulse.open()
    assert await doctor.asks("/readyz") == (503, {"ok": False, "state": "starting"})
    doctor.pulse.heard()
    assert await doctor.asks("/readyz") == (200, {"ok": True, "state": "ready"})
    doctor.pulse.draining()
    assert await doctor.asks("/readyz") == (503, {"ok": False, "state": "draining"})


async def test_hearing_telegram_before_there_is_a_seat_is_not_enough(doctor: Doctor) -> None:
    doctor.pulse.heard()
    assert (await doctor.asks("/readyz"))[0] == 503


async def test_whoever_stands_by_is_ready_and_owed_nothing(doctor: Doctor, watch: Watch) -> None:
    doctor.pulse.open()
    watch.move(2 * LONGEST_SILENCE)
    doctor.pulse.stands_by()
    assert await doctor.asks("/readyz") == (200, {"ok": True, "state": "ready"})
    status, words = await doctor.asks()
    assert status == 200
    assert words["telegram"] == {"heard_seconds_ago": None, "owed_seconds": 0}


async def test_a_telegram_that_owes_an_answer_for_too_long_is_trouble(doctor: Doctor, watch: Watch) -> None:
    doctor.pulse.heard()
    watch.move(LONGEST_SILENCE)
    assert (await doctor.asks())[0] == 200
    watch.move(timedelta(seconds=1))
    status, words = await doctor.asks()
    assert (status, words["wrong"]) == (503, ["telegram"])
    doctor.pulse.heard()
    assert (await doctor.asks())[0] == 200


async def test_a_telegram_that_was_never_heard_is_trouble_too(doctor: Doctor, watch: Watch) -> None:
    watch.move(LONGEST_SILENCE + timedelta(seconds=1))
    assert (await doctor.asks())[1]["wrong"] == ["telegram"]


async def test_a_webhook_may_be_silent_all_night(house: House, watch: Watch) -> None:
    async with a_doctor_for(house.clinic, Pulse(polls=False, clock=watch)) as doctor:
        doctor.pulse.heard()
        watch.move(timedelta(hours=9))
        status, words = await doctor.asks()
        assert (status, words["telegram"]) == (200, {"heard_seconds_ago": 9 * 3600, "owed_seconds": 0})


@pytest.mark.parametrize("engine", ENGINES)
async def test_an_update_that_nobody_finishes_is_trouble(doctor: Doctor, house: House) -> None:
    arrivals = tuple(Arrival(f"7:{number}", "1001", {"update_id": number}) for number in (1, 2))
    await house.clinic(receive_updates, arrivals, None, 0)
    house.clock.moment += OLDEST_UPDATE
    assert (await doctor.asks())[0] == 200
    house.clock.moment += timedelta(seconds=1)
    status, words = await doctor.asks()
    assert (status, words["wrong"]) == (503, ["inbox"])
    assert words["inbox"] == {"open": 2, "oldest_seconds": OLDEST_UPDATE.total_seconds() + 1}
    assert "reception_inbox_open 2.0" in await doctor.reads_numbers()


@pytest.mark.parametrize("engine", ENGINES)
async def test_an_alert_that_nobody_carries_is_trouble(doctor: Doctor, house: House) -> None:
    await house.lets_in(MARIA)
    await house.as_(MARIA)(book_visit, house.slot(NOWAK, 25, 9))
    house.clock.moment += LATEST_ALERT
    assert (await doctor.asks())[0] == 200
    house.clock.moment += timedelta(seconds=1)
    status, words = await doctor.asks()
    assert (status, words["wrong"]) == (503, ["alerts"])
    assert words["alerts"] == {"overdue": 2, "latest_seconds": LATEST_ALERT.total_seconds() + 1}
    numbers = await doctor.reads_numbers()
    assert 'reception_alerts_overdue{channel="telegram"} 1.0' in numbers
    assert 'reception_alerts_overdue{channel="email"} 1.0' in numbers
    assert 'reception_alerts_overdue{channel="sms"} 0.0' in numbers


@pytest.mark.parametrize("engine", ["postgresql"])
async def test_a_database_that_is_silent_or_gone_holds_up_nobody_who_asks(database_url: str, watch: Watch) -> None:
    url = make_url(database_url)
    async with line_to(url.port or 5432) as line:
        database = Database.at(url.set(host="127.0.0.1", port=line.port).render_as_string(hide_password=False))
        clinic = Clinic(database, PROFILE, StandingClock(), Random(3))
        async with a_doctor_for(clinic, Pulse(polls=True, clock=watch)) as doctor:
            doctor.pulse.heard()
            assert (await doctor.asks())[0] == 200
            line.flows.clear()
            status, words = await doctor.asks()
            assert (status, words["wrong"], words["database"]) == (503, ["database"], {"ok": False})
            numbers = await doctor.reads_numbers()
            assert "reception_database_up 0.0" in numbers
            assert not any(name in numbers for name in BACKLOGS)
            line.flows.set()
            assert await answers(doctor, 200)
            line.cut()
            line.server = 1
            assert await answers(doctor, 503)
            assert "reception_database_up 0.0" in await doctor.reads_numbers()
            line.server = url.port or 5432
            assert await answers(doctor, 200)
            assert "reception_database_up 1.0" in await doctor.reads_numbers()
        await database.close()


async def answers(doctor: Doctor, status: int) -> bool:
    """Ask until this is what is said; the test's own time limit says how long."""
    while (await doctor.asks())[0] != status:
        continue
    return True


async def test_nothing_else_is_shown_and_nothing_is_taken(doctor: Doctor) -> None:
    for path in ("/", "/health", "/healthz/", "/metrics/all"):
        async with doctor.http.get(path) as answer:
            assert answer.status == 404
    async with doctor.http.post("/readyz", data=b"ready") as answer:
        assert answer.status == 405
