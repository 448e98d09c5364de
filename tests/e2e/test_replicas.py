"""Three replicas behind one address, on one PostgreSQL: any of them may die or be replaced in the middle of a crowd."""

import pytest

from bench.bars.fleet import REPLICAS
from bench.bars.reminders import doubled_with_replicas
from bench.bars.replicas import kill_one, ours, restart_into
from tests.stage.memory import ENGINES
from tests.stage.stage import Stage

pytestmark = pytest.mark.timeout(300)
KILLS, SHARE, GUESTS = 3, 20, range(2001, 2011)
DRAIN_SECONDS = 10
REMINDERS, SENDERS = 24, 4


@pytest.mark.parametrize("engine", ["postgresql"])
async def test_one_replica_after_the_other_dies_and_every_chat_is_answered_in_order(telegram: Stage) -> None:
    found = await ours(telegram, KILLS, SHARE, GUESTS, kill_one)
    assert found.faults == ()
    assert (found.lost, found.doubled) == (0, 0)
    assert found.repeated <= 1


@pytest.mark.parametrize("engine", ["postgresql"])
async def test_a_rolling_restart_loses_nothing_and_each_replica_is_gone_in_ten_seconds(telegram: Stage) -> None:
    drains: list[float] = []
    found = await ours(telegram, REPLICAS, SHARE, GUESTS, restart_into(drains))
    assert found.faults == ()
    assert (found.lost, found.doubled) == (0, 0)
    assert len(drains) == REPLICAS
    assert max(drains) < DRAIN_SECONDS


@pytest.mark.parametrize("engine", ENGINES)
async def test_four_senders_remind_everybody_once(telegram: Stage) -> None:
    assert await doubled_with_replicas(telegram, REMINDERS, SENDERS) == 0
