"""Two clients and one pace, all real: whichever of them Telegram tells to wait, both do."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramRetryAfter

from bot.pace import SharedPace
from bot.session import PacedCalls
from core.facility.read_profile import read_profile
from jobs.courier import Delivery
from jobs.telegram.courier import TelegramCourier
from tests.stage.small_clinic import MARIA, PAOLO
from tests.stage.stage import FACILITY, TOKEN, Stage


@dataclass
class Hourglass:
    """Moves for those who wait, and for nobody else; each wait is over at once, and written down."""

    now: float = 0.0
    waits: list[float] = field(default_factory=list)

    def clock(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds


@pytest.fixture
def hourglass() -> Hourglass:
    return Hourglass()


@pytest.fixture
def pace(hourglass: Hourglass) -> SharedPace:
    return SharedPace(hourglass.clock, hourglass.sleep)


@pytest.fixture
async def answering(telegram: Stage, pace: SharedPace) -> AsyncIterator[Bot]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(telegram.telegram.url))
    session.middleware(PacedCalls(pace))
    bot = Bot(TOKEN, session=session)
    await bot.get_me()
    for somebody in (MARIA, PAOLO):
        await telegram.phone(somebody).says("/start")
    yield bot
    await session.close()


@pytest.fixture
async def carrying(telegram: Stage, pace: SharedPace) -> AsyncIterator[TelegramCourier]:
    courier = TelegramCourier(TOKEN, telegram.telegram.url, pace, read_profile(FACILITY))
    yield courier
    await courier.close()


async def test_an_answer_told_to_wait_stops_alerts(
    telegram: Stage, hourglass: Hourglass, answering: Bot, carrying: TelegramCourier
) -> None:
    await telegram.fault("sendMessage", "error", retry_after=9)
    with pytest.raises(TelegramRetryAfter):
        await answering.send_message(MARIA.chat, "an answer")
    assert (await carrying.tell(PAOLO.chat, "an alert")).delivery is Delivery.SENT
    assert hourglass.waits == [9]


async def test_an_alert_told_to_wait_stops_answers(
    telegram: Stage, hourglass: Hourglass, answering: Bot, carrying: TelegramCourier
) -> None:
    await telegram.fault("sendMessage", "error", retry_after=9)
    assert (await carrying.tell(PAOLO.chat, "an alert")).delivery is Delivery.NOT_YET
    await answering.send_message(MARIA.chat, "an answer")
    assert hourglass.waits == [9]


async def test_an_alert_that_would_wait_for_long_is_given_back_unsent(
    telegram: Stage, hourglass: Hourglass, answering: Bot, carrying: TelegramCourier
) -> None:
    await telegram.fault("sendMessage", "error", retry_after=600)
    with pytest.raises(TelegramRetryAfter):
        await answering.send_message(MARIA.chat, "an answer")
    assert (await carrying.tell(PAOLO.chat, "an alert")).delivery is Delivery.NOT_YET
    assert await telegram.calls("sendMessage", PAOLO.chat) == []
    assert hourglass.waits == []
