"""What came in is kept once, worked on in order, and forgotten in the commit that finishes it."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import StatementError

from core.clinic import Clinic
from core.identity.person import ChatId
from core.intake.finish_update import finish_update
from core.intake.forget_old_keys import forget_old_keys
from core.intake.postpone_update import postpone_update
from core.intake.questions import next_due, next_jobs
from core.intake.receive_updates import receive_updates
from core.intake.set_update_aside import set_update_aside
from core.intake.update import Arrival, Job
from tests.stage.house import House, caused
from tests.stage.small_clinic import MARIA, MONDAY, NOWAK

NOBODY: frozenset[str] = frozenset()
EIGHT_DAYS, INSTANT = timedelta(days=8), timedelta(microseconds=1)


def arrival(number: int, lane: str = "A", said: str = "hello") -> Arrival:
    return Arrival(f"7:{number}", lane, {"update_id": number, "said": said})


async def receives(house: House, *arrivals: Arrival) -> None:
    await house.clinic(receive_updates, arrivals)


async def finishes(house: House, number: int, forms: dict[str, Any] | None = None) -> None:
    await house.clinic(finish_update, f"7:{number}", forms or {}, None)


async def jobs(clinic: Clinic, busy: frozenset[str] = NOBODY, limit: int = 16) -> list[Job]:
    return await clinic.read(next_jobs, busy, limit)


async def keys(house: House, busy: frozenset[str] = NOBODY, limit: int = 16) -> list[str]:
    return [job.key for job in await jobs(house.clinic, busy, limit)]


async def test_what_comes_again_stays_as_it_was(house: House) -> None:
    await receives(house, arrival(1, said="first"))
    await receives(house, arrival(1, said="second"), arrival(2))
    assert [job.payload["said"] for job in await jobs(house.clinic)] == ["first"]
    assert house.row("SELECT count(*) FROM inbox") == (2,)


async def test_what_was_done_is_not_done_again(house: House) -> None:
    await receives(house, arrival(1))
    await finishes(house, 1)
    await receives(house, arrival(1))
    assert await keys(house) == []


async def test_numbers_that_start_again_lower_are_new(house: House) -> None:
    await receives(house, arrival(900), arrival(901))
    await receives(house, arrival(12), arrival(901), arrival(13))
    order = []
    while waiting := await keys(house):
        order += waiting
        await house.clinic(finish_update, waiting[0], {}, None)
    assert order == ["7:900", "7:901", "7:12", "7:13"]


async def test_two_in_one_batch_may_be_the_same(house: House) -> None:
    await receives(house, arrival(1), arrival(1))
    assert house.row("SELECT count(*) FROM inbox") == (1,)


async def test_each_lane_offers_its_oldest(house: House) -> None:
    await receives(house, arrival(1, "A"), arrival(2, "B"), arrival(3, "A"), arrival(4, "C"))
    assert await keys(house) == ["7:1", "7:2", "7:4"]
    assert await keys(house, limit=2) == ["7:1", "7:2"]
    assert await keys(house, busy=frozenset("A")) == ["7:2", "7:4"]


async def test_a_postponed_update_holds_back_its_own_lane_alone(house: House) -> None:
    await receives(house, arrival(1, "A"), arrival(2, "A"), arrival(3, "B"))
    due = MONDAY + timedelta(seconds=30)
    await house.clinic(postpone_update, "7:1", due, False)
    assert await keys(house) == ["7:3"]
    house.clock.moment = due - INSTANT
    assert await keys(house) == ["7:3"]
    house.clock.moment = due
    assert await keys(house) == ["7:1", "7:3"]


async def test_only_what_counts_is_a_try(house: House) -> None:
    await receives(house, arrival(1))
    await house.clinic(postpone_update, "7:1", MONDAY, False)
    await house.clinic(postpone_update, "7:1", MONDAY, True)
    [job] = await jobs(house.clinic)
    assert job.tries == 1


async def test_the_next_due_is_of_an_idle_lane(house: House) -> None:
    await receives(house, arrival(1, "A"), arrival(2, "B"))
    await house.clinic(postpone_update, "7:2", MONDAY + EIGHT_DAYS, False)
    assert await house.clinic.read(next_due, NOBODY) == MONDAY
    assert await house.clinic.read(next_due, frozenset("A")) == MONDAY + EIGHT_DAYS
    assert await house.clinic.read(next_due, frozenset("AB")) is None


async def test_finishing_writes_the_forms_and_erases_the_words(house: House) -> None:
    await receives(house, arrival(1, said="Tulip-1!"), arrival(2))
    await finishes(house, 1, {"stack": {"open": ["menu"]}})
    assert house.row("SELECT state, payload FROM inbox WHERE key = '7:1'") == ("done", None)
    [job] = await jobs(house.clinic)
    assert job.forms == {"stack": {"open": ["menu"]}}
    assert b"Tulip-1!" not in b"".join(str(row).encode() for row in house.rows("SELECT * FROM inbox"))


async def test_finishing_is_all_or_nothing(house: House) -> None:
    await receives(house, arrival(1))
    with pytest.raises(StatementError):
        await finishes(house, 1, {"good": {"a": 1}, "not for JSON": object()})
    assert not house.rows("SELECT * FROM forms")
    assert await keys(house) == ["7:1"]


async def test_forms_change_and_go(house: House) -> None:
    await receives(house, arrival(1), arrival(2), arrival(3))
    await finishes(house, 1, {"kept": 1, "changed": 1, "gone": 1})
    await finishes(house, 2, {"changed": 2, "gone": None, "never there": None})
    [job] = await jobs(house.clinic)
    assert job.forms == {"kept": 1, "changed": 2}


async def test_a_lane_sees_its_own_forms_alone(house: House) -> None:
    await receives(house, arrival(1, "A"), arrival(2, "A"), arrival(3, "B"))
    await finishes(house, 1, {"stack": "hers"})
    assert [job.forms for job in await jobs(house.clinic)] == [{"stack": "hers"}, {}]


async def test_what_was_set_aside_lets_its_lane_go_on(house: House) -> None:
    await receives(house, arrival(1), arrival(2))
    await house.clinic(set_update_aside, "7:1", b"sealed")
    assert await keys(house) == ["7:2"]
    assert house.row("SELECT state, payload, sealed FROM inbox WHERE key = '7:1'") == ("set_aside", None, b"sealed")


async def test_keys_are_forgotten_after_eight_days_and_not_before(house: House) -> None:
    await receives(house, arrival(1))
    await finishes(house, 1)
    await caused(house.as_(MARIA), house.slot(NOWAK, 24, 9))
    house.clock.moment = MONDAY + EIGHT_DAYS
    await house.clinic(forget_old_keys)
    assert (len(house.rows("SELECT * FROM inbox")), len(house.rows("SELECT * FROM effects"))) == (1, 1)
    house.clock.moment += INSTANT
    await house.clinic(forget_old_keys)
    assert (len(house.rows("SELECT * FROM inbox")), len(house.rows("SELECT * FROM effects"))) == (0, 0)


async def test_what_waits_or_was_set_aside_is_never_forgotten(house: House) -> None:
    await receives(house, arrival(1), arrival(2))
    await house.clinic(set_update_aside, "7:1", b"sealed")
    house.clock.moment = MONDAY + timedelta(days=365)
    await house.clinic(forget_old_keys)
    assert await keys(house) == ["7:2"]
    assert house.row("SELECT count(*) FROM inbox") == (2,)


async def test_the_inbox_is_the_houses_own(house: House) -> None:
    with pytest.raises(PermissionError):
        await house.as_(MARIA).read(next_due, NOBODY)
    with pytest.raises(PermissionError):
        await house.as_(MARIA)(receive_updates, (arrival(1),))
    with pytest.raises(PermissionError):
        await house.as_(MARIA)(finish_update, "7:1", {}, ChatId(1))
