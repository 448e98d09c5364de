"""The process is killed at named places in the middle of a patient's step, and started again.

One effect, the right screen, nothing lost, and at most one message repeated a kill.
"""

import pytest

from tests.e2e.bot_process import bot_process
from tests.stage.memory import ENGINES
from tests.stage.patient import Phone
from tests.stage.record import balance
from tests.stage.small_clinic import MARIA
from tests.stage.stage import Stage

pytestmark = pytest.mark.parametrize("engine", ENGINES)
ON_THE_WAY_IN = ["after fetch", "after inbox"]
AT_WORK = ["before effect", "after effect", "before screen", "after screen", "before done"]
IN_AN_ALERT = ["before send", "after send"]
KILLS = 2


def rows(stage: Stage, query: str) -> list[tuple[object, ...]]:
    return stage.rows(query)


async def chooses_a_time(phone: Phone) -> None:
    await phone.presses("Book a visit")
    await phone.presses("Poradnia okulistyczna")
    await phone.presses("First free time")
    await phone.presses((await phone.screen()).buttons[0])
    await phone.sees("Confirm the booking")


async def books(phone: Phone) -> None:
    await chooses_a_time(phone)
    await phone.presses("Confirm the booking")
    await phone.reads("Confirmation: your visit is booked.")


@pytest.mark.parametrize("place", ON_THE_WAY_IN + AT_WORK + IN_AN_ALERT)
async def test_a_booking_survives_a_kill(telegram: Stage, place: str) -> None:
    async with bot_process(telegram.database_url, telegram.addresses) as bot:
        phone = await telegram.logged_in(MARIA)
        await chooses_a_time(phone)
        await telegram.is_quiet()
        await bot.is_killed()

    async with bot_process(telegram.database_url, telegram.addresses, place) as bot:
        await phone.presses("Confirm the booking", wait=0)
        await bot.dies()

    async with bot_process(telegram.database_url, telegram.addresses):
        await phone.reads("Your visit is booked.", "Open the visit")
        # What a dead process held in its hands is handed out again when its lease is over.
        await telegram.move_clock(minutes=2)
        await phone.reads("Confirmation: your visit is booked.")
        assert rows(telegram, "SELECT status, count(*) FROM visits GROUP BY status") == [("confirmed", 1)]
        assert rows(telegram, "SELECT count(*) FROM slots WHERE NOT free") == [(1,)]
        await balance(telegram, kills=KILLS)
        confirmations = [m for m in await phone.messages() if "Confirmation: your visit is booked." in m]
        assert len(confirmations) <= (2 if place == "after send" else 1)
        await phone.presses("Open the visit")
        await phone.reads("Monday 23 November, 11:00", "Cancel the visit")


@pytest.mark.parametrize("place", ["after inbox", "after effect", "after screen", "before done"])
async def test_a_move_survives_a_kill(telegram: Stage, place: str) -> None:
    async with bot_process(telegram.database_url, telegram.addresses) as bot:
        phone = await telegram.logged_in(MARIA)
        await books(phone)
        await phone.presses("Open the visit")
        await phone.presses("Move")
        await phone.presses("First free time")
        await phone.presses("Tue 24/11, 09:00")
        await phone.reads("Move to the new time")
        await telegram.is_quiet()
        await bot.is_killed()

    async with bot_process(telegram.database_url, telegram.addresses, place) as bot:
        await phone.presses("Move to the new time", wait=0)
        await bot.dies()

    async with bot_process(telegram.database_url, telegram.addresses):
        await phone.reads("Your visit has a new time.", "Menu")
        assert rows(telegram, "SELECT version, status FROM visits") == [(2, "confirmed")]
        assert rows(telegram, "SELECT count(*) FROM slots WHERE NOT free") == [(1,)]
        # A dead courier's lease holds back what the same person is owed next.
        await telegram.move_clock(minutes=2)
        await phone.reads("Confirmation: your visit has a new time.")
        await balance(telegram, kills=KILLS)


@pytest.mark.parametrize("place", ["after inbox", "after effect", "after screen", "before done"])
async def test_a_cancellation_survives_a_kill(telegram: Stage, place: str) -> None:
    async with bot_process(telegram.database_url, telegram.addresses) as bot:
        phone = await telegram.logged_in(MARIA)
        await books(phone)
        await phone.presses("Open the visit")
        await phone.presses("Cancel the visit")
        await phone.says("I am away that day")
        await phone.sees("Yes, cancel the visit")
        await telegram.is_quiet()
        await bot.is_killed()

    async with bot_process(telegram.database_url, telegram.addresses, place) as bot:
        await phone.presses("Yes, cancel the visit", wait=0)
        await bot.dies()

    async with bot_process(telegram.database_url, telegram.addresses):
        await phone.reads("The visit is cancelled.", "Another time")
        assert rows(telegram, "SELECT status, cancel_reason, cancelled_by FROM visits") == [
            ("cancelled", "I am away that day", "patient")
        ]
        assert rows(telegram, "SELECT count(*) FROM slots WHERE NOT free") == [(0,)]
        await telegram.move_clock(minutes=2)
        await balance(telegram, kills=KILLS)


@pytest.mark.parametrize("place", ["after fetch", "after inbox", "before screen", "after screen", "before done"])
async def test_a_typed_login_is_not_taken_for_the_password(telegram: Stage, place: str) -> None:
    async with bot_process(telegram.database_url, telegram.addresses) as bot:
        phone = telegram.phone(MARIA)
        await phone.says("/start")
        await phone.sees("Log in")
        await phone.presses("Log in")
        await telegram.is_quiet()
        await bot.is_killed()

    async with bot_process(telegram.database_url, telegram.addresses, place) as bot:
        await phone.says("maria")
        await bot.dies()

    async with bot_process(telegram.database_url, telegram.addresses):
        await phone.sees("Please type your password.", "Login: maria")
        await phone.says(MARIA.password)
        await phone.sees("Book a visit")
        assert MARIA.password not in await phone.own_words()
        await balance(telegram, kills=KILLS)


@pytest.mark.parametrize("place", ["after inbox", "before effect", "after effect", "after screen", "before done"])
async def test_a_log_in_survives_a_kill(telegram: Stage, place: str) -> None:
    async with bot_process(telegram.database_url, telegram.addresses) as bot:
        phone = telegram.phone(MARIA)
        await phone.says("/start")
        await phone.sees("Log in")
        await phone.presses("Log in")
        await phone.says("maria")
        await phone.sees("Please type your password.")
        await telegram.is_quiet()
        await bot.is_killed()

    async with bot_process(telegram.database_url, telegram.addresses, place) as bot:
        await phone.says(MARIA.password)
        await bot.dies()

    async with bot_process(telegram.database_url, telegram.addresses):
        await phone.sees("Hello! How can we help you?", "Planned visits")
        await phone.presses("Planned visits")
        assert rows(telegram, "SELECT count(*) FROM sessions WHERE closed_at IS NULL") == [(1,)]
        assert MARIA.password not in await phone.own_words()
        assert rows(telegram, "SELECT count(*) FROM inbox WHERE CAST(payload AS TEXT) LIKE '%Tulip%'") == [(0,)]
        await balance(telegram, kills=KILLS)


async def test_what_arrives_while_nobody_is_there_is_answered_in_order(telegram: Stage) -> None:
    async with bot_process(telegram.database_url, telegram.addresses) as bot:
        await bot.is_killed()
    phone = telegram.phone(MARIA)
    await phone.says("/start")
    await phone.says("/language")
    await phone.says("/help")
    async with bot_process(telegram.database_url, telegram.addresses):
        await phone.sees("How this works")
        await phone.presses("Back")
        await phone.sees("Hello! How can we help you?")
        await balance(telegram, kills=1)


async def test_a_person_stays_logged_in_over_a_restart(telegram: Stage) -> None:
    async with bot_process(telegram.database_url, telegram.addresses) as bot:
        phone = await telegram.logged_in(MARIA)
        await phone.presses("Book a visit")
        await bot.stops()
    async with bot_process(telegram.database_url, telegram.addresses):
        await phone.presses("Poradnia okulistyczna")
        await phone.sees("Please choose a doctor and a day.")


async def test_sigterm_ends_the_process_within_ten_seconds_and_loses_nothing(telegram: Stage) -> None:
    async with bot_process(telegram.database_url, telegram.addresses) as bot:
        phone = await telegram.logged_in(MARIA)
        await phone.says("/visits")
        await phone.says("/help")
        assert await bot.stops() < 10
    async with bot_process(telegram.database_url, telegram.addresses):
        await phone.sees("How this works")
        await balance(telegram)
