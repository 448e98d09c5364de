"""A real mailbox, and the clinic's letters on their way to it."""

from collections.abc import AsyncIterator

import pytest

from core.facility.profile import Channel
from core.seal import Seal
from jobs.mail.courier import MailCourier
from jobs.send_alerts import AlertSender
from locales.translator import load_translators
from sandbox.app import Sandbox, serve
from sandbox.world import World
from tests.jobs.mail.desk import SENDER, MailDesk
from tests.stage.house import House


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
async def sandbox(world: World) -> AsyncIterator[Sandbox]:
    opened = await serve(world=world)
    yield opened
    await opened.close()


@pytest.fixture
def seal() -> Seal:
    return Seal("a secret of the tests")


@pytest.fixture
def desk(house: House, sandbox: Sandbox, world: World, seal: Seal) -> MailDesk:
    courier = MailCourier(f"{sandbox.smtp_url}?from={SENDER}", house.clinic.facility, seal)
    return MailDesk(house, AlertSender(house.clinic, Channel.EMAIL, courier, load_translators()), world.post)
