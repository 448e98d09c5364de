"""A courier between the small clinic and a real chat."""

from collections.abc import AsyncIterator

import pytest

from core.facility.profile import Channel
from core.visits.book_visit import book_visit
from core.visits.visit import VisitId
from jobs.send_alerts import AlertSender
from jobs.telegram.courier import TelegramCourier
from locales.translator import load_translators
from tests.core.known_bot import make_known
from tests.core.open_pace import OpenPace
from tests.stage.house import PROFILE, House
from tests.stage.patient import Phone
from tests.stage.small_clinic import MARIA, NOWAK
from tests.stage.stage import TOKEN, Stage


@pytest.fixture
def pace() -> OpenPace:
    return OpenPace()


@pytest.fixture
async def sender(house: House, telegram: Stage, pace: OpenPace) -> AsyncIterator[AlertSender]:
    courier = TelegramCourier(TOKEN, telegram.telegram.url, pace, PROFILE)
    yield AlertSender(house.clinic, Channel.TELEGRAM, courier, load_translators())
    await courier.close()


@pytest.fixture
async def phone(house: House, telegram: Stage) -> Phone:
    """Maria's: she has written to the bot and is logged in."""
    await make_known(telegram)
    phone = telegram.phone(MARIA)
    await phone.says("/start")
    await house.lets_in(MARIA)
    return phone


@pytest.fixture
async def visit(house: House, phone: Phone) -> VisitId:
    return await house.as_(MARIA)(book_visit, house.slot(NOWAK, 24, 9))
