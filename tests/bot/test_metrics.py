"""The numbers: right, few, and about nobody."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

import aiohttp
import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from bot.metrics import METHODS, OTHER, SCREENS, Metrics
from bot.session import CountedCalls
from core.identity.hasher import Hasher
from core.visits.refusals import SlotTaken
from dialogs.states import Booking
from main import MovableClock, open_clinic, open_desk
from tests.bot.numbers import Numbers, numbers_of
from tests.dialogs.steps import books_first_time
from tests.laws.test_screens import every_state
from tests.peers.programs import free_port
from tests.stage.small_clinic import CHEAP, EVERYBODY, MARIA, MONDAY
from tests.stage.stage import TOKEN, Stage, open_telegram, settings_for

SAID: Final = "I am Zielińska, call me: +48601234567"
LABEL: Final = re.compile(r"[A-Za-z_]+(:[a-z_]+)?|[0-9.]+|\+Inf")


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


def test_what_is_done_is_counted_and_timed_by_its_screen(metrics: Metrics) -> None:
    for seconds in (0.01, 0.3, 40.0):
        metrics.update_ended("done", "Booking:slot", seconds)
    metrics.update_ended("done", None, 0.1)
    metrics.update_ended("waits", "Booking:slot", 7.0)
    numbers = numbers_of(metrics)
    assert numbers.value("reception_updates_total", outcome="done") == 4
    assert numbers.value("reception_updates_total", outcome="waits") == 1
    assert numbers.value("reception_update_seconds_count", screen="Booking:slot") == 3
    assert numbers.value("reception_update_seconds_bucket", screen="Booking:slot", le="0.35") == 2
    assert numbers.value("reception_update_seconds_bucket", screen="Booking:slot", le="30.0") == 2
    assert numbers.value("reception_update_seconds_count", screen="none") == 1


def test_a_clock_that_was_put_back_makes_nothing_faster_than_at_once(metrics: Metrics) -> None:
    metrics.update_ended("done", "Booking:slot", -3600.0)
    assert numbers_of(metrics).value("reception_update_seconds_sum", screen="Booking:slot") == 0


def test_every_state_is_a_screen_of_its_own(metrics: Metrics) -> None:
    assert {state.state for state in every_state()} == SCREENS


def test_what_nobody_knows_beforehand_is_other(metrics: Metrics) -> None:
    before = numbers_of(metrics).series()
    for number in range(100):
        metrics.update_ended("done", f"Booking:slot{number}", 0.1)
        metrics.called(f"sendMessage{number}", "ok")
    numbers = numbers_of(metrics)
    assert numbers.value("reception_update_seconds_count", screen=OTHER) == 100
    assert numbers.value("reception_telegram_calls_total", method=OTHER, outcome="ok") == 100
    assert numbers.series() < before + 25


def test_alerts_refusals_waits_and_replicas_are_counted(metrics: Metrics) -> None:
    metrics.alert_carried("telegram", "sent")
    metrics.refused(SlotTaken)
    metrics.told_to_wait(3)
    metrics.told_to_wait(4)
    metrics.replicas(3)
    numbers = numbers_of(metrics)
    assert numbers.value("reception_alerts_total", channel="telegram", outcome="sent") == 1
    assert numbers.value("reception_refusals_total", refusal="SlotTaken") == 1
    assert numbers.value("reception_telegram_wait_seconds_sum") == 7
    assert numbers.value("reception_telegram_wait_seconds_count") == 2
    assert numbers.value("reception_replicas") == 3


def test_two_registries_count_apart() -> None:
    first, second = Metrics(), Metrics()
    first.refused(SlotTaken)
    assert numbers_of(second).total("reception_refusals_total") == 0


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        ({"kind": "error", "retry_after": 9}, "told_to_wait"),
        ({"kind": "error", "code": 403}, "forbidden"),
        ({"kind": "error", "code": 400}, "refused"),
        ({"kind": "error", "code": 500}, "server_error"),
        ({"kind": "timeout_before"}, "network"),
        ({"kind": "truncated"}, "garbled"),
    ],
)
async def test_a_call_is_counted_by_how_it_ended(
    telegram: Stage, metrics: Metrics, fault: dict[str, Any], outcome: str
) -> None:
    session = AiohttpSession(api=TelegramAPIServer.from_base(telegram.telegram.url))
    session.middleware(CountedCalls(metrics))
    async with Bot(TOKEN, session=session) as bot:
        await bot.get_me()
        await telegram.fault("getMe", **fault)
        with pytest.raises(Exception, match=r"."):
            await bot.get_me()
    numbers = numbers_of(metrics)
    assert numbers.value("reception_telegram_calls_total", method="getMe", outcome="ok") == 1
    assert numbers.value("reception_telegram_calls_total", method="getMe", outcome=outcome) == 1
    assert "getMe" in METHODS


@asynccontextmanager
async def a_watched_desk(stage: Stage) -> AsyncIterator[aiohttp.ClientSession]:
    """The bot at work in this process, and somebody at its web app."""
    listen = f"127.0.0.1:{free_port()}"
    settings = settings_for(stage.database_url, stage.addresses).model_copy(update={"listen": listen})
    clock = MovableClock()
    async with (
        open_clinic(settings, clock) as clinic,
        open_desk(settings, clinic, clock, Hasher(CHEAP)),
        aiohttp.ClientSession(f"http://{listen}") as http,
    ):
        stage.clinic = clinic
        await stage.set_clock(MONDAY)
        yield http


async def scrape(http: aiohttp.ClientSession) -> Numbers:
    async with http.get("/metrics") as answer:
        assert answer.status == 200
        assert answer.content_type == "text/plain"
        return Numbers(await answer.text())


async def is_counted(stage: Stage, http: aiohttp.ClientSession) -> Numbers:
    """The numbers, once all that was received is done and all that is owed has left."""
    await stage.is_quiet()
    while True:
        [(done,)] = stage.rows("SELECT COUNT(*) FROM inbox WHERE state = 'done'")
        [(sent,)] = stage.rows("SELECT COUNT(*) FROM alerts WHERE state = 'sent'")
        numbers = await scrape(http)
        counted = numbers.total("reception_alerts_total", outcome="sent")
        if (
            numbers.value("reception_updates_total", outcome="done") == done
            and counted == sent
            and not numbers.total("reception_alerts_overdue")
        ):
            return numbers
        await asyncio.sleep(0.01)


async def test_a_whole_story_is_told_in_numbers_and_names_nobody(database_url: str) -> None:
    async with open_telegram(database_url) as stage, a_watched_desk(stage) as http:
        phone = stage.phone(MARIA)
        await phone.says("/start")
        await phone.sees("Log in")
        await phone.presses("Log in")
        await phone.says(MARIA.login)
        await phone.sees("Please type your password.")
        await phone.says("Tulip-wrong")
        await phone.reads("do not match")
        await phone.says(MARIA.password)
        await phone.sees("Book a visit")
        await books_first_time(phone)
        await phone.reads("Confirmation: your visit is booked.")
        await phone.says(SAID)
        await stage.mails(f"{MARIA.login}@example.com")
        numbers = await is_counted(stage, http)
        calls = {method: len(await stage.calls(method)) for method in ("answerCallbackQuery", "deleteMessage")}
        ready = await readiness(http)

    assert ready == 200
    assert numbers.value("reception_ready") == numbers.value("reception_database_up") == 1
    assert numbers.value("reception_replicas") == 1
    assert numbers.value("reception_inbox_open") == 0
    assert numbers.total("reception_updates_total") == numbers.total("reception_update_seconds_count")
    for state in (Booking.clinic, Booking.soonest, Booking.confirm, Booking.booked):
        assert numbers.value("reception_update_seconds_count", screen=str(state.state)) > 0, state
    assert numbers.value("reception_refusals_total", refusal="WrongCredentials") == 1
    assert numbers.value("reception_refusals_total", refusal="ButtonsOnly") == 1
    for channel in ("telegram", "email"):
        assert numbers.value("reception_alerts_total", channel=channel, outcome="sent") == 1
    for method, count in calls.items():
        assert numbers.value("reception_telegram_calls_total", method=method, outcome="ok") == count > 0
    assert_about_nobody(numbers)


async def test_a_wait_that_telegram_asks_for_is_counted_once(database_url: str) -> None:
    async with open_telegram(database_url) as stage, a_watched_desk(stage) as http:
        await stage.fault("sendMessage", "error", retry_after=1)
        phone = stage.phone(MARIA)
        await phone.says("/start")
        await phone.sees("Log in")
        numbers = await is_counted(stage, http)
    assert numbers.value("reception_telegram_wait_seconds_sum") == 1
    assert numbers.value("reception_telegram_wait_seconds_count") == 1
    assert numbers.value("reception_telegram_calls_total", method="sendMessage", outcome="told_to_wait") == 1
    assert numbers.value("reception_updates_total", outcome="told_to_wait") == 1


async def readiness(http: aiohttp.ClientSession) -> int:
    async with http.get("/readyz") as answer:
        return answer.status


def assert_about_nobody(numbers: Numbers) -> None:
    """No name, token, number of a chat or word of anybody's, and no label that is not of the house's own making."""
    people = [str(it) for who in EVERYBODY for it in (who.first_name, who.last_name, who.login, who.password)]
    secrets = [
        TOKEN,
        TOKEN.partition(":")[0],
        TOKEN.partition(":")[2],
        "a secret of the tests",
        "Tulip",
        SAID,
        "6012345",
    ]
    found = [word for word in (*people, *secrets) if word.casefold() in numbers.text.casefold()]
    assert found == []
    assert [label for label in numbers.labels() if not LABEL.fullmatch(label)] == []
    chats = {str(who.chat) for who in EVERYBODY}
    assert chats & numbers.labels() == set()
