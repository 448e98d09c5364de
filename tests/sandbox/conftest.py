"""A really running sandbox for each test, two people, and those who call it."""

from collections.abc import AsyncIterator
from random import Random

import aiohttp
import pytest

from sandbox.app import Sandbox, serve
from sandbox.hearing.webhook import Patience
from sandbox.people import Person
from sandbox.world import World
from tests.sandbox.hand import ANNA, BORIS, Hand
from tests.sandbox.listener import Listener, hook, listening
from tests.sandbox.peers import AiogramPeer, Peer, PtbPeer
from tests.sandbox.row import Scene

TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0"


@pytest.fixture
def patience() -> Patience:
    """How patiently webhooks are posted to."""
    return Patience()


@pytest.fixture
async def sandbox(patience: Patience) -> AsyncIterator[Sandbox]:
    world = World(chance=Random(7), webhook_patience=patience)
    world.people[ANNA] = Person(ANNA, "Anna", "Rossi", "anna", "it")
    world.people[BORIS] = Person(BORIS, "Борис", language_code="ru")
    running = await serve(world=world)
    yield running
    await running.close()


@pytest.fixture
async def hand(sandbox: Sandbox) -> AsyncIterator[Hand]:
    async with aiohttp.ClientSession() as session:
        yield Hand(session, sandbox.url, TOKEN)


@pytest.fixture(params=[AiogramPeer, PtbPeer], ids=["aiogram", "python-telegram-bot"])
async def peer(request: pytest.FixtureRequest, sandbox: Sandbox) -> AsyncIterator[Peer]:
    client: Peer = request.param(sandbox.url, TOKEN)
    sandbox.world.bots.of_token(TOKEN)
    yield client
    await client.close()


@pytest.fixture
async def bot(hand: Hand) -> Hand:
    """The bare wire, with the bot known to the sandbox and Anna's chat open."""
    await hand.result("getMe")
    await hand.start()
    return hand


@pytest.fixture
async def listener() -> AsyncIterator[Listener]:
    async with listening() as running:
        yield running


@pytest.fixture
async def scene(sandbox: Sandbox, hand: Hand, peer: Peer) -> Scene:
    await hand.start()
    return Scene(sandbox, hand, peer)


@pytest.fixture
async def hooked(hand: Hand, listener: Listener) -> Hand:
    """The bare wire of a bot whose updates are posted to the listener."""
    await hook(hand, listener)
    return hand
