"""The bench itself: it measures what it says, and keeps what it found."""

import json
from dataclasses import fields
from pathlib import Path

import pytest

from bench import report
from bench.figures import Result, Rounds, at_least, in_turns
from bench.sandbox_crowd import conversations
from bench.wire import form, requests_per_second
from sandbox.app import serve
from sandbox.people import Person
from sandbox.world import World

FEW = 40
ANNA = 1001
TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0"


def figure(measure: str, value: float = 1.0) -> Result:
    return Result(measure, "a rate", value, 2.0, "at least 0.5 of the baseline", True, (0.4, 0.6))


async def test_both_sides_are_taken_in_turns_and_the_first_round_only_warms_up() -> None:
    taken: list[str] = []

    async def ours() -> float:
        taken.append("ours")
        return float(len(taken))

    async def theirs() -> float:
        taken.append("theirs")
        return float(len(taken))

    rounds = await in_turns(ours, theirs, rounds=2)
    assert taken == ["theirs", "ours", "ours", "theirs", "theirs", "ours"]
    assert rounds == Rounds([3.0, 6.0], [4.0, 5.0])


@pytest.mark.parametrize(("ours", "holds"), [([5.0, 5.0, 1.0], True), ([4.9, 4.9, 9.0], False)])
def test_a_bar_is_held_by_the_medians(ours: list[float], holds: bool) -> None:
    result = at_least(0.5, Rounds(ours, [10.0, 10.0, 10.0]), "S1", "a rate")
    assert result.holds is holds
    assert result.spread == pytest.approx((min(ours) / 10, max(ours) / 10))


@pytest.fixture
def results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    kept = tmp_path / "results.json"
    monkeypatch.setattr(report, "RESULTS", kept)
    return kept


def test_a_measure_that_runs_again_replaces_its_own_row_only(results: Path) -> None:
    report.keep([figure("S2"), figure("P10"), figure("P2"), figure("S1")])
    report.keep([figure("S1", 1.5)])
    rows = json.loads(results.read_text("utf-8"))
    assert [(row["id"], row["value"]) for row in rows] == [("P2", 1.0), ("P10", 1.0), ("S1", 1.5), ("S2", 1.0)]
    assert set(rows[0]) == {"id", "what", "value", "baseline", "bar", "holds", "spread", "naive"}
    assert set(rows[0]) == {field.name for field in fields(Result)}


async def test_a_crowd_is_in_conversation_at_once_and_everybody_comes_to_the_end() -> None:
    sandbox = await serve()
    try:
        assert await conversations(sandbox.url, FEW) == FEW
    finally:
        await sandbox.close()


async def test_the_load_is_real_and_every_answer_counts() -> None:
    world = World()
    world.people[ANNA] = Person(ANNA, "Anna")
    sandbox = await serve(world=world)
    try:
        bot = world.bots.of_token(TOKEN)
        bot.chat_with(world.people[ANNA], world.events).started = True
        requests = [form(f"/bot{TOKEN}/sendMessage", {"chat_id": str(ANNA), "text": f"No. {n}"}) for n in range(FEW)]
        assert await requests_per_second(sandbox.url, requests, connections=8) > 0
        assert {message.text for message in bot.chats[ANNA].messages.values()} == {f"No. {n}" for n in range(FEW)}
        with pytest.raises(AssertionError):
            await requests_per_second(sandbox.url, [form(f"/bot{TOKEN}/sendMessage", {"text": "?"})], connections=1)
    finally:
        await sandbox.close()
