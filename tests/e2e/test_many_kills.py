"""A bot that dies again and again, nobody knows when, while people go on writing to it."""

import pytest

from bench.bars.reminders import lost_over_a_restart
from bench.bars.updates import survive
from tests.stage.memory import ENGINES
from tests.stage.stage import Stage

pytestmark = [pytest.mark.parametrize("engine", ENGINES), pytest.mark.timeout(300)]
MESSAGES, KILLS, GUESTS = 100, 4, range(2001, 2011)
REMINDERS, DOWN_SECONDS = 24, 7.0


async def test_over_many_kills_nothing_is_lost_or_doubled_and_one_message_a_kill_repeated(telegram: Stage) -> None:
    found = await survive(telegram, MESSAGES, KILLS, GUESTS)
    assert found.faults == ()
    assert (found.lost, found.doubled) == (0, 0)
    assert found.repeated <= 1


async def test_a_reminder_that_came_due_while_nobody_was_there_comes_afterwards(telegram: Stage) -> None:
    assert await lost_over_a_restart(telegram, REMINDERS, DOWN_SECONDS, each_seconds=0.2) == 0
