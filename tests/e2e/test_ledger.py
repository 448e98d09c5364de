"""The ledger itself: a scenario that went well balances, and each thing that can go wrong in one does not."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import pytest

from tests.stage.ledger import Effect, Letters, Record, Said, faults_in
from tests.stage.record import balance
from tests.stage.small_clinic import MARIA
from tests.stage.stage import Stage

MENU: Final = Said(1001, "Menu", ("Book book",))
BOOKED: Final = Said(1001, "Your visit is booked", ("Move move:77",), is_alert=True)
MOVED: Final = Said(1001, "Your visit has a new time", ("Move move:77",), is_alert=True)
BALANCED: Final = Record(
    told={"9:1": 1001, "9:2": 1001, "9:3": 1001},
    inbox={"9:1": "done", "9:2": "done", "9:3": "set_aside"},
    effects=[Effect("9:1/hold_slot/1", "null"), Effect("9:2/book_visit/1", "77"), Effect("9:3/move_visit/1", "77")],
    visits=frozenset({"77"}),
    alerted={1001: 2},
    said=[MENU, BOOKED, MOVED],
    letters={"maria@example.com": Letters(owed=2, came=2, copies=0)},
    linked=frozenset({1001}),
    sent_to=frozenset({1001}),
)


def test_a_scenario_that_went_well_balances() -> None:
    assert faults_in(BALANCED) == []


@pytest.mark.parametrize(
    ("doctored", "fault"),
    [
        ({"inbox": {"9:1": "done", "9:2": "done"}}, "update 9:3 is not there"),
        ({"inbox": {**BALANCED.inbox, "9:2": "waiting"}}, "update 9:2 is waiting"),
        ({"inbox": {**BALANCED.inbox, "9:4": "done"}}, "update 9:4 is in the inbox, and Telegram never had it"),
        ({"effects": [*BALANCED.effects, Effect("8:7/cancel/1")]}, "effect 8:7/cancel/1 has no update that caused it"),
        (
            {"effects": [*BALANCED.effects, Effect("9:3/move_visit/3")]},
            "move_visit of update 9:3 is counted [1, 3]",
        ),
        ({"visits": frozenset({"77", "78"})}, "visit 78 was booked by no update"),
        ({"visits": frozenset()}, "visit 77 was booked, and is not there"),
        ({"still_owed": ["visit_moved:77:2:telegram"]}, "alert visit_moved:77:2:telegram is still owed"),
        ({"said": [MENU, BOOKED]}, "chat 1001 was sent 2 alerts, and got 1"),
        ({"said": [MENU, BOOKED, BOOKED]}, "chat 1001 was sent 2 alerts, and got 1"),
        ({"letters": {"m@x.it": Letters(2, 1, 0)}}, "m@x.it was sent 2 letters, and got 1"),
        ({"said": [BOOKED, MENU, MOVED, BOOKED]}, "chat 1001 was told 1 messages again, over 0 kills"),
        ({"said": [MENU, BOOKED, MENU, MOVED]}, "chat 1001 was told 1 messages again, over 0 kills"),
        (
            {"said": [BOOKED, MOVED, *(replace(MENU, text=text) for text in "abcd")]},
            "chat 1001 asked 3 times, and was answered 4 times over 0 kills",
        ),
        ({"letters": {"m@x.it": Letters(2, 2, 1)}}, "m@x.it got 1 letters again, over 0 kills"),
        ({"sent_to": frozenset({1001, 666})}, "chat 666 never wrote and belongs to nobody, and was sent something"),
        ({"linked": frozenset()}, "chat 1001 got an alert, and belongs to no account"),
    ],
)
def test_what_went_wrong_is_named(doctored: Mapping[str, Any], fault: str) -> None:
    assert fault in faults_in(replace(BALANCED, **doctored))


@pytest.mark.parametrize("said", [[MENU, MENU, BOOKED, MOVED], [MENU, BOOKED, MOVED, BOOKED]])
def test_a_kill_may_repeat_one_message(said: Sequence[Said]) -> None:
    record = replace(BALANCED, said=said)
    assert faults_in(record, kills=1) == []
    assert faults_in(record, kills=0) == ["chat 1001 was told 1 messages again, over 0 kills"]


async def test_the_record_is_what_telegram_and_the_database_hold(stage: Stage) -> None:
    await stage.logged_in(MARIA)
    await balance(stage)
    await stage.writes("UPDATE inbox SET state = ? WHERE number = ?", [("waiting", 1)])
    await stage.writes("DELETE FROM inbox WHERE number = ?", [(2,)])
    with pytest.raises(AssertionError, match=r"update \d+:\d+ is waiting\nupdate \d+:\d+ is not there"):
        await balance(stage)
