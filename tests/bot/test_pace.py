"""The shared pace, by a clock of its own: nobody waits in these tests."""

import asyncio
from bisect import bisect_left
from collections.abc import Iterable
from heapq import heappop, heappush

import pytest

from bot.pace import ALL_CHATS_PER_SECOND, SharedPace

TINY = 1e-6


class FakeTime:
    """A clock that jumps to the next sleeper's moment as soon as everybody sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0
        self._sleepers: list[tuple[float, int, asyncio.Event]] = []

    def clock(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        woken = asyncio.Event()
        heappush(self._sleepers, (self.now + seconds, id(woken), woken))
        await woken.wait()

    async def pass_by(self) -> None:
        """Until nobody sleeps any more."""
        await self._settle()
        while self._sleepers:
            self.now, _, woken = heappop(self._sleepers)
            woken.set()
            await self._settle()

    async def pass_until(self, moment: float) -> None:
        """Only so far; whoever sleeps longer sleeps on."""
        await self._settle()
        while self._sleepers and self._sleepers[0][0] <= moment:
            self.now, _, woken = heappop(self._sleepers)
            woken.set()
            await self._settle()
        self.now = max(self.now, moment)

    async def _settle(self) -> None:
        for _ in range(20):
            await asyncio.sleep(0)


class Street:
    """Everything that leaves, by the moment of its leaving since the start."""

    def __init__(self) -> None:
        self.time = FakeTime()
        self.pace = SharedPace(self.time.clock, self.time.sleep)
        self.left: list[tuple[float, int]] = []

    async def alert(self, chat: int) -> None:
        await self.pace.before_alert(chat)
        self._note(chat)

    async def answer(self, chat: int = 0) -> None:
        await self.pace.before_answer()
        self._note(chat)

    async def alerts(self, chats: Iterable[int], carriers: int = 8) -> None:
        """As the sender does it: a few carriers, one queue."""
        waiting = iter(chats)

        async def carry() -> None:
            for chat in waiting:
                await self.alert(chat)

        async with asyncio.TaskGroup() as tasks:
            for _ in range(carriers):
                tasks.create_task(carry())
            await self.time.pass_by()

    @property
    def moments(self) -> list[float]:
        return [moment for moment, _ in self.left]

    def most_in(self, seconds: float) -> int:
        """The most that left in any stretch of this length, its end excluded."""
        return max(bisect_left(self.moments, start + seconds - TINY) - n for n, start in enumerate(self.moments))

    def _note(self, chat: int) -> None:
        self.left.append((round(self.time.now - 1000.0, 9), chat))


@pytest.fixture
def street() -> Street:
    return Street()


async def test_no_second_sees_more_than_thirty_alerts(street: Street) -> None:
    await street.alerts(range(1, 301))
    assert len(street.left) == 300
    assert street.most_in(1.0) == ALL_CHATS_PER_SECOND


async def test_alerts_leave_evenly_and_lose_no_time(street: Street) -> None:
    await street.alerts(range(1, 301))
    gaps = [later - earlier for earlier, later in zip(street.moments, street.moments[1:], strict=False)]
    assert max(gaps) - min(gaps) < TINY
    assert street.moments[-1] == pytest.approx(299 / 30)


async def test_a_chat_hears_once_a_second(street: Street) -> None:
    await street.alerts([7] * 5)
    assert street.moments == pytest.approx([0, 1, 2, 3, 4])


async def test_a_group_hears_twenty_times_a_minute(street: Street) -> None:
    await street.alerts([-7] * 41)
    assert street.most_in(60.0) == 20


async def test_an_answer_waits_behind_no_alert(street: Street) -> None:
    async with asyncio.TaskGroup() as tasks:
        for chat in range(1, 101):
            tasks.create_task(street.alert(chat))
        await street.time.pass_until(1000.5)
        await street.answer()
        assert street.left[-1] == (0.5, 0)
        await street.time.pass_by()


async def test_an_answer_waits_behind_no_other_answer(street: Street) -> None:
    for _ in range(200):
        await street.answer()
    assert set(street.moments) == {0.0}


async def test_alerts_leave_in_what_answers_leave_over(street: Street) -> None:
    for _ in range(20):
        await street.answer()
    street.left.clear()
    await street.alerts(range(1, 11), carriers=1)
    assert street.moments == pytest.approx([n / 10 for n in range(10)])


async def test_under_a_flood_of_answers_alerts_still_trickle(street: Street) -> None:
    for _ in range(100):
        await street.answer()
    street.left.clear()
    await street.alerts([1, 2], carriers=1)
    assert street.moments == pytest.approx([0, 1])


async def test_answers_of_a_second_ago_no_longer_count(street: Street) -> None:
    for _ in range(20):
        await street.answer()
    street.left.clear()
    await street.time.pass_until(1001.0)
    await street.alerts([1, 2, 3], carriers=1)
    assert street.moments == pytest.approx([1, 1 + 1 / 30, 1 + 2 / 30])


async def test_a_pause_stops_everybody(street: Street) -> None:
    street.pace.pause(5)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(street.answer(1))
        tasks.create_task(street.alert(2))
        await street.time.pass_by()
    assert sorted(street.left) == [(5.0, 1), (5.0, 2)]


async def test_a_shorter_pause_shortens_none(street: Street) -> None:
    street.pace.pause(5)
    street.pace.pause(1)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(street.answer())
        await street.time.pass_by()
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
    assert street.most_in(1.0) <= ALL_CHATS_PER_SECOND
    assert street.most_in(TINY * 10) == 1


async def test_chats_that_are_long_free_are_forgotten(street: Street) -> None:
    for chat in range(1, 10_051):
        street.time.now += 1
        await street.pace.before_alert(chat)
    assert len(street.pace._chats) < 10_000
