"""The database goes away between a message and its "sent": only the writing is repeated, and nobody is told twice."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import pytest
from structlog.testing import capture_logs

from core.alerts.questions import Letter
from core.facility.profile import Channel
from core.storage import pen
from core.visits.visit import VisitId
from jobs.courier import Carried
from jobs.send_alerts import AlertSender
from jobs.telegram.courier import TelegramCourier
from locales.translator import Translator, load_translators
from tests.core.open_pace import OpenPace
from tests.jobs.carrying import heard
from tests.peers.sqlite_locker import pen_of
from tests.stage.house import PROFILE, House
from tests.stage.overheard import is_logged
from tests.stage.patient import Phone
from tests.stage.stage import TOKEN, Stage

TOLD = "SELECT state, tries FROM alerts WHERE channel = 'telegram' AND kind = 'visit_booked'"


class OnTheWay(TelegramCourier):
    """Has just told somebody when another program takes the pen."""

    def __init__(self, house: House, telegram: Stage, outage: AsyncExitStack) -> None:
        super().__init__(TOKEN, telegram.telegram.url, OpenPace(), PROFILE)
        self._house, self._outage = house, outage

    async def carry(self, letter: Letter, speech: Translator) -> Carried:
        carried = await super().carry(letter, speech)
        await self._outage.enter_async_context(pen_of(self._house.database_url))
        return carried


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pen, "BUSY_SECONDS", 0.1)


@asynccontextmanager
async def telling(house: House, telegram: Stage) -> AsyncIterator[tuple[AlertSender, AsyncExitStack]]:
    """Gives the sender, and what ends the outage, once somebody has been told and it could not be written down."""
    async with AsyncExitStack() as outage:
        courier = OnTheWay(house, telegram, outage)
        sender = AlertSender(house.clinic, Channel.TELEGRAM, courier, load_translators())
        with capture_logs() as logs:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(sender.tick())
                await is_logged(logs, "alerts.unwritten")
                yield sender, outage
        await courier.close()


async def test_what_was_sent_is_written_down_when_the_database_is_back(
    house: House, telegram: Stage, phone: Phone, visit: VisitId
) -> None:
    async with telling(house, telegram) as (_, outage):
        await outage.aclose()
    assert house.row(TOLD) == ("sent", 1)
    assert await heard(phone) == ["Confirmation: your visit is booked."]


async def test_a_desk_that_closes_meanwhile_does_not_wait_for_it(
    house: House, telegram: Stage, phone: Phone, visit: VisitId
) -> None:
    """The lease runs out, and it is told once more: nobody can know."""
    async with telling(house, telegram) as (sender, _):
        await sender.stop()
    assert house.row(TOLD) == ("leased", 1)
