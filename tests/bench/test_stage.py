"""What the measures stand on: processes that are looked at from outside, a town, and the bot among its people."""

import asyncio
from datetime import timedelta
from random import Random

import pytest

from bench.booking_step import book
from bench.bookings import TOWN
from bench.free_slots import QUESTIONS
from bench.naive.bare_bookings import open_bare
from bench.naive.bare_questions import bare_questions
from bench.servers import free_port, program
from bench.stage.blast import open_blast
from bench.stage.bot import OURS
from bench.stage.databases import fresh_database, plain_engine
from bench.stage.hand import Hand
from bench.stage.round_robin import round_robin
from bench.stage.statements import statements_of
from bench.stage.telegram import Call, open_telegram, rate_of, token_of
from bench.stage.town import FACILITY, FIRST_PERSON, NOW, Town, furnish, person_of, settle
from bench.stage.town_slots import fill_slots
from bench.stage.watch import StandingWatch
from core.clinic import Clinic
from core.storage.database import Database
from core.visits.outpatient_clinic import ClinicId

SMALL = Town(clinics=2, doctors=2, days=30, slots=4)
STOCK = token_of(200300400)
SPIN = "print('here', flush=True)\nwhile True: pass"


async def test_a_process_that_is_held_costs_nothing_until_it_is_let_go() -> None:
    async with program("-c", SPIN) as spinning:
        assert await spinning.line() == "here"
        spinning.hold()
        while not spinning.is_held:  # noqa: ASYNC110 - another process
            await asyncio.sleep(0.001)
        cost = spinning.cpu_seconds
        async with program("-c", "print('meanwhile')") as other:
            assert await other.line() == "meanwhile"
        assert spinning.cpu_seconds == cost
        spinning.let_go()
        while spinning.cpu_seconds == cost:  # noqa: ASYNC110 - another process
            await asyncio.sleep(0.001)
        assert spinning.resident_bytes > 1_000_000


def test_a_rate_counts_the_time_before_the_first_answer() -> None:
    calls = [Call(moment, "sendMessage", 1, 200) for moment in (101.9, 101.8, 102.0, 101.85)]
    assert rate_of(calls, since=100.0) == pytest.approx(2.0)


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
async def test_the_bare_driver_gets_the_rows_that_the_clinic_gets(engine: str) -> None:
    async with fresh_database(engine) as url:
        with plain_engine(url).begin() as connection:
            furnish(connection, SMALL, with_slots=False)
            settle(connection, [FIRST_PERSON])
            fill_slots(connection, SMALL)
        database = Database.at(url)
        clinic = Clinic(database, FACILITY, StandingWatch(), Random(1), person_of(FIRST_PERSON))
        async with bare_questions(url) as bare:
            for question in QUESTIONS.values():
                heard = await statements_of(clinic, question, ClinicId(1))
                rows = await clinic.read(question, ClinicId(1))
                assert await bare.ask(heard) == len(rows) > 0
        await database.close()


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
async def test_a_bare_booking_takes_the_slot_for_a_visit_with_a_reminder(engine: str) -> None:
    async with fresh_database(engine) as url:
        plain = plain_engine(url)
        with plain.begin() as connection:
            furnish(connection, SMALL)
            settle(connection, [FIRST_PERSON])
        async with open_bare(url) as bare:
            await bare.book(7, FIRST_PERSON, 1)
        with plain.connect() as connection:
            query = (
                "SELECT v.patient_id, a.kind FROM visits v JOIN alerts a ON a.visit_id = v.id "
                "JOIN slots s ON s.id = v.slot_id WHERE NOT s.free"
            )
            assert connection.exec_driver_sql(query).all() == [(FIRST_PERSON, "reminder")]
        plain.dispose()


def test_every_slot_of_a_town_is_a_slot_of_its_own_in_the_days_that_can_be_booked() -> None:
    rows = list(TOWN.slot_rows())
    assert len({(row["doctor_id"], row["starts_at"]) for row in rows}) == len(rows)
    assert min(row["starts_at"] for row in rows) > NOW + FACILITY.booking.minimum_notice
    assert max(row["starts_at"] for row in rows) < NOW + FACILITY.booking.horizon + timedelta(days=1)


async def test_reminders_leave_and_the_same_hand_books_with_our_bot_and_with_a_stock_one() -> None:
    async with open_blast(1, 3, 1, town=SMALL) as blast:
        told = await blast.ends(await blast.begin())
        assert {call.chat for call in told} == {FIRST_PERSON, FIRST_PERSON + 1, FIRST_PERSON + 2}
        [patient] = blast.idle
        ours = Hand(blast.telegram, OURS, patient)
        await ours.says("/start", then="How can we help you")
        await book(ours, 0)
    async with open_telegram() as telegram, program("-m", "bench.naive.dialog_bot", telegram.url, STOCK):
        await telegram.people([patient])
        await telegram.is_heard(STOCK)
        theirs = Hand(telegram, STOCK, patient)
        await theirs.says("/start", then="How can we help you")
        await book(theirs, 0)


async def test_one_address_leads_to_each_in_turn() -> None:
    async def serve(name: bytes) -> tuple[asyncio.Server, int]:
        async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(name + await reader.readline())
            writer.close()

        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        return server, server.sockets[0].getsockname()[1]

    (first, here), (second, there) = await serve(b"first "), await serve(b"second ")
    front = free_port()
    async with first, second, round_robin(front, [here, there]):
        heard = []
        for number in range(3):
            reader, writer = await asyncio.open_connection("127.0.0.1", front)
            writer.write(b"%d\n" % number)
            heard.append(await reader.read())
            writer.close()
    assert heard == [b"first 0\n", b"second 1\n", b"first 2\n"]
