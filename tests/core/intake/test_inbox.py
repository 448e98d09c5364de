"""What came in is kept once, worked on in order, and forgotten in the commit that finishes it."""

from datetime import datetime, timedelta

import pytest

from core.identity.person import ChatId
from core.intake.finish_update import finish_update
from core.intake.forget_old_keys import forget_old_keys
from core.intake.postpone_update import postpone_update
from core.intake.questions import anything_waits
from core.intake.receive_updates import receive_updates
from core.intake.set_update_aside import set_update_aside
from core.intake.take_updates import take_updates
from core.intake.update import LEASE, Arrival, Job
from core.storage.fault import Fault
from tests.stage.house import House, caused
from tests.stage.small_clinic import MARIA, MONDAY, NOWAK

SEAT = 3
EIGHT_DAYS, INSTANT = timedelta(days=8), timedelta(microseconds=1)


def arrival(number: int, lane: str = "A", said: str = "hello") -> Arrival:
    return Arrival(f"7:{number}", lane, {"update_id": number, "said": said})


async def receives(house: House, *arrivals: Arrival) -> None:
    await house.clinic(receive_updates, arrivals, None, 0)


async def takes(house: House, hands: int = 16) -> list[Job]:
    return list(await house.clinic(take_updates, SEAT, hands))


async def keys(house: House, hands: int = 16) -> list[str]:
    """What can be taken now; it stays in hand."""
    return [job.key for job in await takes(house, hands)]


async def finishes(house: House, number: int, forms: dict[str, str | None] | None = None) -> Job | None:
    """Whatever is due is taken first."""
    await takes(house)
    return await house.clinic(finish_update, f"7:{number}", SEAT, forms or {}, None)


async def postpones(house: House, number: int, due_at: datetime, counts: bool = False) -> None:
    await takes(house)
    await house.clinic(postpone_update, f"7:{number}", SEAT, due_at, counts)


async def test_what_comes_again_stays_as_it_was(house: House) -> None:
    await receives(house, arrival(1, said="first"))
    await receives(house, arrival(1, said="second"), arrival(2))
    assert [job.payload["said"] for job in await takes(house)] == ["first"]
    assert house.row("SELECT count(*) FROM inbox") == (2,)


async def test_what_was_done_is_not_done_again(house: House) -> None:
    await receives(house, arrival(1))
    await finishes(house, 1)
    await receives(house, arrival(1))
    assert await keys(house) == []


async def test_numbers_that_start_again_lower_are_new(house: House) -> None:
    await receives(house, arrival(900), arrival(901))
    await receives(house, arrival(12), arrival(901), arrival(13))
    order: list[str] = []
    job: Job | None
    [job] = await takes(house)
    while job is not None:
        order.append(job.key)
        job = await house.clinic(finish_update, job.key, SEAT, {}, None)
    assert order == ["7:900", "7:901", "7:12", "7:13"]


async def test_two_in_one_batch_may_be_the_same(house: House) -> None:
    await receives(house, arrival(1), arrival(1))
    assert house.row("SELECT count(*) FROM inbox") == (1,)


async def test_each_lane_offers_its_oldest(house: House) -> None:
    await receives(house, arrival(1, "A"), arrival(2, "B"), arrival(3, "A"), arrival(4, "C"))
    assert await keys(house, hands=2) == ["7:1", "7:2"]
    assert await keys(house) == ["7:4"]
    assert await keys(house) == []


async def test_a_lane_at_work_is_passed_over(house: House) -> None:
    await receives(house, arrival(1, "A"), arrival(2, "B"))
    assert [job.key for job in await house.clinic(take_updates, SEAT, 16, ("A", "C"))] == ["7:2"]
    assert await house.clinic(receive_updates, (arrival(3, "D"),), SEAT, 16, ("A", "D")) == ()


async def test_what_is_received_may_be_begun_by_the_same_commit(house: House) -> None:
    arrivals = (arrival(1, "A"), arrival(2, "A"), arrival(3, "B"), arrival(4, "C"))
    begun = await house.clinic(receive_updates, arrivals, SEAT, 2)
    assert [job.key for job in begun] == ["7:1", "7:3"]
    assert [(job.lane, job.seat, job.tries, job.received_at) for job in begun] == [
        ("A", SEAT, 0, MONDAY),
        ("B", SEAT, 0, MONDAY),
    ]
    assert await house.clinic(receive_updates, arrivals, None, 2) == ()
    assert await house.clinic(receive_updates, arrivals, SEAT, 0) == ()


async def test_the_next_of_a_lane_comes_into_the_same_hand_with_the_forms_just_written(house: House) -> None:
    await receives(house, arrival(1), arrival(2), arrival(3, "B"))
    following = await finishes(house, 1, {"stack": '"menu"'})
    assert following is not None
    assert (following.key, following.forms) == ("7:2", {"stack": '"menu"'})
    assert await keys(house) == []
    assert await finishes(house, 2) is None


async def test_whoever_stops_takes_nothing_more(house: House) -> None:
    await receives(house, arrival(1), arrival(2))
    await takes(house)
    assert await house.clinic(finish_update, "7:1", SEAT, {}, None, False) is None
    assert await keys(house) == ["7:2"]


async def test_a_postponed_update_holds_back_its_own_lane_alone(house: House) -> None:
    await receives(house, arrival(1, "A"), arrival(2, "A"), arrival(3, "B"))
    due = MONDAY + timedelta(seconds=30)
    await postpones(house, 1, due)
    assert await finishes(house, 3) is None
    house.clock.moment = due - INSTANT
    assert not await house.clinic.read(anything_waits)
    assert await keys(house) == []
    house.clock.moment = due
    assert await house.clinic.read(anything_waits)
    assert await keys(house) == ["7:1"]


async def test_the_next_of_a_lane_waits_where_it_is_not_due(house: House) -> None:
    await receives(house, arrival(1))
    await postpones(house, 1, MONDAY + EIGHT_DAYS)
    await receives(house, arrival(2), arrival(3, "B"))
    assert await keys(house) == ["7:3"]
    assert await finishes(house, 3) is None


async def test_only_what_counts_is_a_try(house: House) -> None:
    await receives(house, arrival(1))
    await postpones(house, 1, MONDAY)
    await postpones(house, 1, MONDAY, counts=True)
    [job] = await takes(house)
    assert job.tries == 1


async def test_what_is_in_hand_is_nobody_elses_until_its_lease_ends(house: House) -> None:
    await receives(house, arrival(1), arrival(2))
    assert await keys(house) == ["7:1"]
    house.clock.moment += LEASE - INSTANT
    assert not await house.clinic.read(anything_waits)
    assert await house.clinic(take_updates, SEAT + 1, 16) == ()
    house.clock.moment += INSTANT
    assert [job.key for job in await house.clinic(take_updates, SEAT + 1, 16)] == ["7:1"]


async def test_finishing_writes_the_forms_and_erases_the_words(house: House) -> None:
    await receives(house, arrival(1, said="Tulip-1!"), arrival(2))
    job = await finishes(house, 1, {"stack": '{"open": ["menu"]}'})
    assert house.row("SELECT state, payload FROM inbox WHERE key = '7:1'") == ("done", None)
    assert job is not None
    assert job.forms == {"stack": '{"open": ["menu"]}'}
    assert b"Tulip-1!" not in b"".join(str(row).encode() for row in house.rows("SELECT * FROM inbox"))


async def test_finishing_is_all_or_nothing(house: House) -> None:
    await receives(house, arrival(1))
    with pytest.raises((UnicodeEncodeError, Fault)):
        await finishes(house, 1, {"good": "[1]", "no text for any database": '"\ud800"'})
    assert not house.rows("SELECT * FROM forms")
    assert house.rows("SELECT state FROM inbox") == [("waiting",)]


async def test_forms_change_and_go(house: House) -> None:
    await receives(house, arrival(1), arrival(2), arrival(3))
    await finishes(house, 1, {"kept": "[1]", "changed": "[1]", "gone": "[1]"})
    job = await finishes(house, 2, {"changed": "[2]", "gone": None, "never there": None})
    assert job is not None
    assert job.forms == {"kept": "[1]", "changed": "[2]"}


async def test_a_lane_sees_its_own_forms_alone(house: House) -> None:
    await receives(house, arrival(1, "A"), arrival(2, "A"), arrival(3, "B"))
    hers = await finishes(house, 1, {"stack": '"hers"'})
    assert hers is not None
    assert hers.forms == {"stack": '"hers"'}
    await receives(house, arrival(4, "C"))
    assert [job.forms for job in await takes(house)] == [{}]


async def test_what_was_set_aside_lets_its_lane_go_on(house: House) -> None:
    await receives(house, arrival(1), arrival(2))
    await takes(house)
    await house.clinic(set_update_aside, "7:1", SEAT, b"sealed", None)
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
    await takes(house)
    await house.clinic(set_update_aside, "7:1", SEAT, b"sealed", None)
    house.clock.moment = MONDAY + timedelta(days=365)
    await house.clinic(forget_old_keys)
    assert await keys(house) == ["7:2"]
    assert house.row("SELECT count(*) FROM inbox") == (2,)


async def test_the_inbox_is_the_houses_own(house: House) -> None:
    with pytest.raises(PermissionError):
        await house.as_(MARIA).read(anything_waits)
    with pytest.raises(PermissionError):
        await house.as_(MARIA)(receive_updates, (arrival(1),), SEAT, 1)
    with pytest.raises(PermissionError):
        await house.as_(MARIA)(finish_update, "7:1", SEAT, {}, ChatId(1))
