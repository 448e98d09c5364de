"""What a process has in hand: one update a chat, so many chats at once, for as long as it takes."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from bot.intake import hands as of_hands
from bot.intake import worker as of_workers
from bot.intake.hands import CHATS_AT_ONCE, Hands
from core.intake.take_updates import take_updates
from core.intake.update import LEASE, Job
from tests.bot.intake.desk import desk_with
from tests.stage.house import House, open_house
from tests.stage.small_clinic import MARIA, MONDAY
from tests.stage.stage import Stage, StandingClock


def job(lane: str, key: str = "7:1") -> Job:
    return Job(key, lane, {}, 0, 0, MONDAY, {})


def test_a_chat_is_in_one_hand() -> None:
    hands = Hands()
    assert hands.take(job("A", "7:1"))
    assert not hands.take(job("A", "7:2"))
    assert hands.take(job("B", "7:3"))
    assert (hands.lanes, hands.keys) == (("A", "B"), ("7:1", "7:3"))
    hands.let_go("A")
    assert hands.take(job("A", "7:2"))


def test_what_is_promised_is_not_free_until_the_promise_ends() -> None:
    hands = Hands()
    hands.take(job("A"))
    with hands.promised(5) as some, hands.promised(CHATS_AT_ONCE) as rest:
        assert (some, rest, hands.free) == (5, CHATS_AT_ONCE - 6, 0)
    assert hands.free == CHATS_AT_ONCE - 1


@pytest.fixture
async def house(database_url: str) -> AsyncIterator[House]:
    async with open_house(database_url, StandingClock()) as opened:
        yield opened


async def test_the_lease_of_what_takes_long_is_renewed(
    house: House, telegram: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(of_hands, "RENEW_SECONDS", 0.0)
    monkeypatch.setattr(of_workers, "LOOK_SECONDS", 0.0)
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def handler(message: Message, state: FSMContext) -> None:
        begun.set()
        await go_on.wait()

    async with desk_with(house, telegram, handler) as desk:
        await desk.receives(MARIA, "hello")
        async with desk.at_work():
            await begun.wait()
            house.clock.moment += LEASE / 2
            until = f"{house.clock.moment + LEASE:%Y-%m-%d %H:%M:%S.%f}"
            while house.row("SELECT leased_until FROM inbox") != (until,):
                desk.worker.wake()
                await asyncio.sleep(0.01)
            house.clock.moment += LEASE - timedelta(seconds=1)
            assert await house.clinic(take_updates, 1, 1) == ()
            go_on.set()
    assert house.row("SELECT state FROM inbox") == ("done",)
