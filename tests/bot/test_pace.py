"""The pace of one replica, by a clock of its own: nobody waits in these tests."""

import asyncio
from collections import Counter
from itertools import pairwise

import pytest

from bot.shared.budget import HANDFULS, MOST_A_SECOND, SECOND, handful_of
from tests.bot.street import TINY, Street

HANDFUL = handful_of(MOST_A_SECOND)


@pytest.fixture
def street() -> Street:
    return Street()


async def test_no_second_sees_more_than_thirty_alerts(street: Street) -> None:
    await street.alerts(range(1, 301))
    assert len(street.left) == 300
    assert street.most_in(1.0) == street.most_in(SECOND) == MOST_A_SECOND


async def test_a_blast_to_five_thousand_chats_uses_nearly_all_that_telegram_allows(street: Street) -> None:
    await street.alerts(range(1, 5001))
    assert len(street.left) == 5000
    assert street.most_in(1.0) == MOST_A_SECOND
    assert 4999 / street.moments[-1] >= 0.95 * MOST_A_SECOND


async def test_alerts_leave_in_handfuls_and_lose_no_time(street: Street) -> None:
    await street.alerts(range(1, 301))
    handfuls = Counter(street.moments)
    assert set(handfuls.values()) == {HANDFUL}
    assert sorted(handfuls) == pytest.approx([n * SECOND / HANDFULS for n in range(300 // HANDFUL)])


async def test_a_handful_that_was_not_full_waits_for_nobody(street: Street) -> None:
    await street.alerts([1, 2])
    await street.time.pass_until(1000.2)
    await street.alerts([3, 4])
    assert street.moments == pytest.approx([0, 0, 0.2, 0.2])


async def test_whoever_joins_a_handful_late_fills_no_second(street: Street) -> None:
    """At the end of its time it is filled up, and the next one follows at once."""
    await street.alerts([1])
    await street.time.pass_until(1000 + SECOND / HANDFULS - 0.001)
    await street.alerts(range(2, 102), carriers=30)
    assert Counter(street.moments)[0.342333333] == HANDFUL - 1
    assert street.most_in(1.0) == MOST_A_SECOND


async def test_who_wakes_late_delays_nobody_else_and_fills_no_second(street: Street) -> None:
    """A busy machine: everybody who waits is called five milliseconds late."""
    in_time = street.time.sleep
    street.pace._sleep = lambda seconds: in_time(seconds + 0.005)
    await street.alerts(range(1, 601))
    assert 599 / street.moments[-1] >= 0.95 * MOST_A_SECOND
    assert street.most_in(1.0) == MOST_A_SECOND


async def test_a_chat_hears_once_a_second(street: Street) -> None:
    await street.alerts([7] * 5)
    assert street.moments == pytest.approx([0, 1, 2, 3, 4])


async def test_a_busy_chat_holds_up_no_other(street: Street) -> None:
    async with asyncio.TaskGroup() as tasks:
        for chat in (7, 7, 7, 7, 8, 9):
            tasks.create_task(street.alert(chat))
        await street.time.pass_by()
    assert [chat for moment, chat in street.left if moment < 0.2] == [7, 8, 9]
    assert [moment for moment, chat in street.left if chat == 7] == pytest.approx([0, 1, 2, 3])


async def test_a_chats_alerts_keep_their_order_among_many(street: Street) -> None:
    order: list[int] = []

    async def numbered(number: int) -> None:
        await street.alert(7)
        order.append(number)

    async with asyncio.TaskGroup() as tasks:
        for number in range(5):
            tasks.create_task(numbered(number))
            for other in range(20):
                tasks.create_task(street.alert(1000 + 20 * number + other))
        await street.time.pass_by()
    assert order == [0, 1, 2, 3, 4]
    sevens = [moment for moment, chat in street.left if chat == 7]
    assert min(later - earlier for earlier, later in pairwise(sevens)) >= 1 - TINY


async def test_whoever_gives_up_waiting_holds_up_nobody(street: Street) -> None:
    async with asyncio.TaskGroup() as tasks:
        impatient = [tasks.create_task(street.alert(chat)) for chat in (7, 7, 8, 9)]
        await street.time.pass_until(1000.01)
        for task in impatient:
            task.cancel()
        await street.time.pass_until(1002)
        tasks.create_task(street.alert(7))
        await street.time.pass_by()
    assert street.left == [(0.0, 7), (0.0, 8), (0.0, 9), (2.0, 7)]


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
    for _ in range(15):
        await street.answer()
    street.left.clear()
    await street.alerts(range(1, 21), carriers=1)
    assert street.moments == pytest.approx([0] * HANDFUL + [HANDFUL * SECOND / 15] * 5 + [SECOND] * 5)


async def test_answers_in_the_middle_of_a_blast_are_made_up_for(street: Street) -> None:
    """Thirty alerts have just left: after twenty answers alerts wait until the second has room again."""
    async with asyncio.TaskGroup() as tasks:
        for chat in range(1, 101):
            tasks.create_task(street.alert(chat))
        await street.time.pass_until(1001.5)
        for _ in range(20):
            await street.answer()
        await street.time.pass_by()
    after = [moment for moment, chat in street.left if moment > 1.5 + TINY]
    assert after[0] > 2.0
    windows = [sum(start <= moment < start + 1 for moment in street.moments) for start in after]
    assert max(windows) <= MOST_A_SECOND


async def test_under_a_flood_of_answers_alerts_still_trickle(street: Street) -> None:
    for _ in range(100):
        await street.answer()
    street.left.clear()
    await street.alerts([1, 2], carriers=1)
    assert street.moments == pytest.approx([0, SECOND])


async def test_answers_of_a_second_ago_no_longer_count(street: Street) -> None:
    for _ in range(20):
        await street.answer()
    street.left.clear()
    await street.time.pass_until(1000 + SECOND)
    await street.alerts(range(1, 21), carriers=1)
    assert street.moments == pytest.approx([SECOND] * HANDFUL + [SECOND + SECOND / HANDFULS] * HANDFUL)


async def test_a_replica_keeps_to_its_share(street: Street) -> None:
    street.pace.share(4)
    await street.alerts(range(1, 101))
    assert street.most_in(SECOND) == MOST_A_SECOND // 4


async def test_a_share_changes_in_the_middle_of_a_blast(street: Street) -> None:
    async with asyncio.TaskGroup() as tasks:
        for chat in range(1, 101):
            tasks.create_task(street.alert(chat))
        await street.time.pass_until(1001)
        street.pace.share(3)
        await street.time.pass_until(1003)
        street.pace.share(1)
        await street.time.pass_by()
    first, second, third, fourth = (
        sum(start <= moment < start + 1 for moment in street.moments) for start in (0, 1.04, 2, 3.1)
    )
    assert (first, third) == (30, 10)
    assert second < 10, "what left before counts against the smaller share"
    assert fourth > 28


async def test_more_replicas_than_messages_are_still_heard(street: Street) -> None:
    street.pace.share(100)
    await street.alerts([1, 2])
    assert street.moments == pytest.approx([0, SECOND])


async def test_chats_that_are_long_free_are_forgotten(street: Street) -> None:
    for chat in range(1, 10_051):
        street.time.now += 2
        await street.pace.before_alert(chat)
    assert len(street.pace._rested) < 10_000
    assert not street.pace._turns
