"""Telegram calls the bot instead of being asked: the same stories, the same kills, and nothing lost or doubled."""

import asyncio

import pytest

from bot.settings import Settings
from core.identity.hasher import Hasher
from main import MovableClock, open_clinic, open_desk
from tests.e2e.test_kills import books, chooses_a_time
from tests.e2e.webhook_process import HOST, PATH, SECRET, called_at, free_port, webhook_process
from tests.stage.memory import ENGINES
from tests.stage.record import balance
from tests.stage.small_clinic import CHEAP, MARIA, PAOLO
from tests.stage.stage import Stage

PLACES = ["after fetch", "after inbox", "after effect", "before done"]


@pytest.fixture
def settings(telegram: Stage) -> Settings:
    return called_at(free_port(), telegram.database_url, telegram.addresses)


@pytest.mark.parametrize("engine", ENGINES)
async def test_a_visit_is_booked_through_the_webhook(telegram: Stage, settings: Settings) -> None:
    async with webhook_process(settings) as bot:
        phone = await telegram.logged_in(MARIA)
        await books(phone)
        await phone.presses("Open the visit")
        await phone.reads("Monday 23 November, 11:00", "Cancel the visit")
        await balance(telegram)
        assert await bot.stops() < 10
    assert await telegram.calls("getUpdates") == []
    info = await telegram.as_bot("getWebhookInfo")
    assert (info["url"], info["pending_update_count"]) == (settings.webhook_url, 0)


@pytest.mark.parametrize("place", PLACES)
async def test_a_booking_through_the_webhook_survives_a_kill(telegram: Stage, settings: Settings, place: str) -> None:
    async with webhook_process(settings) as bot:
        phone = await telegram.logged_in(MARIA)
        await chooses_a_time(phone)
        await telegram.is_quiet()
        await bot.is_killed()

    async with webhook_process(settings, place) as bot:
        await phone.presses("Confirm the booking", wait=0)
        await bot.dies()

    async with webhook_process(settings):
        await phone.reads("Your visit is booked.", "Open the visit")
        # What a dead process held in its hands is handed out again when its lease is over.
        await telegram.move_clock(minutes=2)
        await phone.reads("Confirmation: your visit is booked.")
        assert telegram.rows("SELECT status, count(*) FROM visits GROUP BY status") == [("confirmed", 1)]
        await balance(telegram, kills=2)


async def test_what_is_written_while_nobody_is_there_comes_afterwards_in_order(
    telegram: Stage, settings: Settings
) -> None:
    async with webhook_process(settings) as bot:
        await telegram.phone(PAOLO).says("/start")
        await telegram.phone(PAOLO).sees("Accedi")
        await bot.is_killed()
    phone = telegram.phone(MARIA)
    for words in ("/start", "/language", "/help"):
        await phone.says(words)
    async with webhook_process(settings):
        await phone.sees("How this works")
        await phone.presses("Back")
        await phone.sees("Hello! How can we help you?")
        await balance(telegram, kills=1)


async def test_who_dawdles_on_the_line_does_not_hold_up_the_end(telegram: Stage, settings: Settings) -> None:
    async with webhook_process(settings) as bot:
        _, writer = await asyncio.open_connection(HOST, int(settings.listen.rpartition(":")[2]))
        known = f"Host: clinic\r\nX-Telegram-Bot-Api-Secret-Token: {SECRET}\r\nContent-Length: 100\r\n"
        writer.write(f"POST {PATH} HTTP/1.1\r\n{known}\r\n{{".encode())
        await writer.drain()
        assert await bot.stops() < 10
        writer.close()


async def test_a_bot_that_polled_yesterday_is_called_today_and_polls_again_tomorrow(
    telegram: Stage, settings: Settings
) -> None:
    phone = telegram.phone(MARIA)
    polling = settings.model_copy(update={"webhook_url": None, "listen": f"{HOST}:{free_port()}"})
    days = [(polling, "/start", "Log in"), (settings, "/help", "How this works"), (polling, "/start", "Log in")]
    for at_that_day, words, answer in days:
        async with webhook_process(at_that_day) as bot:
            await phone.says(words)
            await phone.sees(answer)
            await telegram.is_quiet()
            assert await bot.stops() < 10
    assert (await telegram.as_bot("getWebhookInfo"))["url"] == ""
    await balance(telegram)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"webhook_secret": None}, "WEBHOOK_SECRET"),
        ({"webhook_url": "https://clinic.example/{all}"}, "WEBHOOK_URL"),
    ],
)
async def test_a_webhook_that_would_not_do_ends_the_start_with_a_sentence(
    telegram: Stage, settings: Settings, wrong: dict[str, str | None], words: str
) -> None:
    unusable, clock = settings.model_copy(update=wrong), MovableClock()
    async with open_clinic(unusable, clock) as clinic:
        with pytest.raises(SystemExit, match=words):
            async with open_desk(unusable, clinic, clock, Hasher(CHEAP)):
                pytest.fail("the desk is open")
