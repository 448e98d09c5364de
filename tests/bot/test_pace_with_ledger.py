"""How the pace goes by a ledger that others write in as well, and how little it trusts it."""

import asyncio
from collections.abc import Iterable
from itertools import pairwise

import pytest

from bot.shared.budget import HANDFULS, MOST_A_SECOND, SECOND
from bot.shared.ledger import ChatRests, EverybodyWaits, Place, Verdict
from tests.bot.street import TINY, Street


class Dictated:
    """Says what it was told to say, and then that every place is free."""

    def __init__(self, *verdicts: Verdict | None, waits: Iterable[float] = ()) -> None:
        self._verdicts = list(verdicts)
        self._waits = list(waits)
        self.asked: list[int] = []
        self.answers = 0

    async def place(self, chat_id: int) -> Verdict | None:
        self.asked.append(chat_id)
        return self._verdicts.pop(0) if self._verdicts else Place(0.0)

    async def answer(self) -> float:
        self.answers += 1
        return self._waits.pop(0) if self._waits else 0.0


async def test_an_alert_leaves_at_the_place_it_was_given() -> None:
    street = Street(Dictated(Place(0.25)))
    await street.alerts([7])
    assert street.left == [(0.25, 7)]


async def test_a_chat_that_heard_from_another_replica_rests_and_holds_up_no_other() -> None:
    street = Street(Dictated(ChatRests(0.8)))
    async with asyncio.TaskGroup() as tasks:
        for chat in (7, 8):
            tasks.create_task(street.alert(chat))
        await street.time.pass_by()
    assert street.left == [(0.0, 8), (0.8, 7)]


async def test_a_wait_asked_of_another_replica_is_waited_out_by_alerts_and_answers() -> None:
    ledger = Dictated(EverybodyWaits(5))
    street = Street(ledger)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(street.alert(7))
        await street.time.pass_until(1000.1)
        tasks.create_task(street.answer(8))
        await street.time.pass_by()
    assert sorted(street.left) == [(5.0, 7), (5.0, 8)]
    assert street.told == []


async def test_an_answer_hears_of_the_wait_and_is_counted_afterwards() -> None:
    ledger = Dictated(waits=[3.0])
    street = Street(ledger)
    await street.hourglass(street.answer())
    assert street.moments == [3.0]
    assert ledger.answers == 2


async def test_who_was_told_to_wait_while_a_place_came_takes_a_new_one() -> None:
    ledger = Dictated(Place(1.0))
    street = Street(ledger)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(street.alert(7))
        await street.time.pass_until(1000.5)
        street.pace.pause(5)
        await street.time.pass_by()
    assert street.left == [(5.5, 7)]
    assert ledger.asked == [7, 7]


async def test_a_ledger_without_memory_lets_nobody_rush() -> None:
    """As after a FLUSHALL: every place seems to be free."""
    street = Street(Dictated())
    await street.alerts(range(1, 101))
    assert street.most_in(1.0) == MOST_A_SECOND
    handfuls = sorted(set(street.moments))
    assert min(later - earlier for earlier, later in pairwise(handfuls)) >= SECOND / HANDFULS - TINY


@pytest.mark.parametrize("replicas", [1, 3])
async def test_while_the_ledger_is_lost_each_keeps_to_its_share(replicas: int) -> None:
    street = Street(Dictated(*[None] * 200))
    street.pace.share(replicas)
    await street.alerts(range(1, 61))
    assert street.most_in(SECOND) == MOST_A_SECOND // replicas


async def test_what_left_by_the_ledger_counts_when_it_is_lost() -> None:
    gap = SECOND / MOST_A_SECOND
    street = Street(Dictated(*[Place(gap)] * 30, *[None] * 60))
    street.pace.share(3)
    await street.alerts(range(1, 61))
    assert max(sum(start <= moment < start + 1 for moment in street.moments) for start in street.moments) <= 30
    lost_at = street.moments[29]
    assert not [moment for moment in street.moments if lost_at < moment < lost_at + 0.6]
