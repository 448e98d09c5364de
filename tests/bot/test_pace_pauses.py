"""When Telegram asks to wait, everybody waits; by a clock of its own."""

import asyncio

import pytest

from bot.pace import LONGEST_WAIT_SECONDS
from bot.shared.budget import MOST_A_SECOND, handful_of
from core.alerts.pace import NotSoon
from tests.bot.street import TINY, Street

HANDFUL = handful_of(MOST_A_SECOND)


@pytest.fixture
def street() -> Street:
    return Street()


async def test_a_pause_stops_everybody(street: Street) -> None:
    street.pace.pause(5)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(street.answer(1))
        tasks.create_task(street.alert(2))
        await street.time.pass_by()
    assert sorted(street.left) == [(5.0, 1), (5.0, 2)]


async def test_a_wait_that_telegram_asked_for_is_counted_once(street: Street) -> None:
    street.pace.pause(5)
    street.pace.hear(7)
    assert street.told == [5]
    assert street.pace.paused_for == pytest.approx(7)


async def test_an_alert_is_given_back_when_the_wait_is_long(street: Street) -> None:
    street.pace.pause(LONGEST_WAIT_SECONDS)
    assert street.pace.soon()
    street.pace.pause(LONGEST_WAIT_SECONDS + 1)
    assert not street.pace.soon()
    with pytest.raises(NotSoon):
        await street.alert(1)
    await street.hourglass(street.answer(2))
    await street.alert(1)
    assert street.left == [(LONGEST_WAIT_SECONDS + 1, 2), (LONGEST_WAIT_SECONDS + 1, 1)]


async def test_alerts_that_wait_for_their_places_are_given_back_as_well(street: Street) -> None:
    async def given_back(chat: int) -> None:
        with pytest.raises(NotSoon):
            await street.alert(chat)

    async with asyncio.TaskGroup() as tasks:
        for chat in range(1, HANDFUL + 1):
            tasks.create_task(street.alert(chat))
        for chat in (1, 1, 98, 99):
            tasks.create_task(given_back(chat))
        await street.time.pass_until(1000.01)
        street.pace.pause(60)
        await street.time.pass_by()
    assert street.left == [(0.0, chat) for chat in range(1, HANDFUL + 1)]


async def test_a_shorter_pause_shortens_none(street: Street) -> None:
    street.pace.pause(5)
    street.pace.pause(1)
    await street.hourglass(street.answer())
    assert street.moments == [5.0]


async def test_a_pause_prolonged_while_it_runs_is_waited_out(street: Street) -> None:
    street.pace.pause(1)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(street.answer(1))
        tasks.create_task(street.alert(2))
        await street.time.pass_until(1000.5)
        street.pace.pause(3)
        await street.time.pass_by()
    assert sorted(street.left) == [(3.5, 1), (3.5, 2)]


async def test_whoever_waited_for_a_place_when_the_pause_came_waits_too(street: Street) -> None:
    async with asyncio.TaskGroup() as tasks:
        for _ in range(3):
            tasks.create_task(street.alert(7))
        await street.time.pass_until(1000.5)
        street.pace.pause(10)
        await street.time.pass_by()
    assert street.moments == pytest.approx([0, 10.5, 11.5])


async def test_after_a_pause_nobody_rushes(street: Street) -> None:
    """Those who waited for their places when it came take new ones: Telegram has just said that it was too much."""
    async with asyncio.TaskGroup() as tasks:
        for chat in range(1, 41):
            tasks.create_task(street.alert(chat))
        await street.time.pass_until(1000.2)
        street.pace.pause(5)
        await street.time.pass_by()
    assert len(street.left) == 40
    assert not [moment for moment in street.moments if 0.2 < moment < 5.2]
    assert street.most_in(1.0) <= MOST_A_SECOND
    assert street.most_in(TINY * 10) <= HANDFUL


async def test_whoever_keeps_the_replicas_in_step_hears_of_a_wait_at_once(street: Street) -> None:
    async with asyncio.timeout(60), asyncio.TaskGroup() as tasks:
        news = tasks.create_task(street.pace.news(within=3600))
        await asyncio.sleep(0)
        street.pace.pause(5)
        await news
        await street.pace.news(within=0)  # and once
