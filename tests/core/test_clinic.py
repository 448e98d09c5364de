"""One use case, one transaction; one effect for each cause; questions that cannot change anything."""

import asyncio

import pytest
from sqlalchemy import text

from core.identity.choose_language import choose_language
from core.identity.person import Role
from core.intake.cause import Cause, cause
from core.storage.database import Database, UnknownDatabase
from core.storage.fault import Fault
from core.storage.memory import Memory
from core.transaction import Reading, Transaction
from core.visits.book_visit import book_visit
from core.visits.cancel_visit import cancel_visit
from core.visits.refusals import SlotTaken
from core.visits.slot import SlotId
from core.visits.visit import VisitId
from tests.stage.house import House, caused, open_house
from tests.stage.small_clinic import MARIA, NOWAK, PAOLO

EFFECTS = "SELECT key, result FROM effects ORDER BY key"


def fill_a_slot(reading: Reading, slot_id: SlotId) -> None:
    """A question that changes something: a mistake, made on purpose."""
    reading.slots.get_for_update(slot_id).free = False
    reading.slots._memory.flush()


def count_one_more(tx: Transaction) -> None:
    """Read, modify, write."""
    tx.attempts.to_count("everybody", tx.now).failures += 1


def pair_up(tx: Transaction) -> tuple[int, int]:
    return tx.new_id(), tx.new_id()


async def test_a_question_cannot_change_anything(house: House) -> None:
    slot = house.slot(NOWAK, 24, 9)
    with pytest.raises(Fault, match=r"readonly|read-only"):
        await house.clinic.read(fill_a_slot, slot)
    assert house.is_free(slot)


async def test_every_connection_for_questions_refuses_changes(house: House) -> None:
    def try_to_write(memory: Memory) -> str:
        with pytest.raises(Fault) as refused:
            memory.tell(text("DELETE FROM slots"))
        return str(refused.value)

    said = await asyncio.gather(*(house.clinic.database.ask(try_to_write) for _ in range(8)))
    assert set(said) <= {
        "attempt to write a readonly database",
        "cannot execute DELETE in a read-only transaction",
    }


async def test_the_same_update_run_twice_books_once_and_returns_the_same(house: House) -> None:
    slot = house.slot(NOWAK, 24, 9)
    first = VisitId(await caused(house.as_(MARIA), slot))
    await house.as_(MARIA)(cancel_visit, first, None)
    assert await caused(house.as_(MARIA), slot) == first
    assert house.row("SELECT count(*) FROM visits") == (1,)


async def test_two_changes_of_one_update_are_two(house: House) -> None:
    cause.set(Cause("7:1"))
    first = await house.as_(MARIA)(book_visit, house.slot(NOWAK, 24, 9))
    second = await house.as_(MARIA)(book_visit, house.slot(NOWAK, 24, 10))
    assert house.rows(EFFECTS) == [("7:1/book_visit/1", first), ("7:1/book_visit/2", second)]


async def test_another_update_makes_another_change(house: House) -> None:
    first = await caused(house.as_(MARIA), house.slot(NOWAK, 24, 9), "7:1")
    assert await caused(house.as_(MARIA), house.slot(NOWAK, 24, 10), "7:2") != first


async def test_what_returns_nothing_is_done_once_too(house: House) -> None:
    await house.lets_in(MARIA)
    for language in ("it", "ru"):
        cause.set(Cause("7:1"))
        await house.as_(MARIA)(choose_language, language)
    assert house.row("SELECT language FROM accounts WHERE id = 31") == ("it",)


async def test_a_kept_pair_is_a_pair_again(house: House) -> None:
    cause.set(Cause("7:1"))
    first = await house.as_(MARIA)(pair_up)
    cause.set(Cause("7:1"))
    assert await house.as_(MARIA)(pair_up) == first


async def test_a_refused_change_is_judged_anew(house: House) -> None:
    slot = house.slot(NOWAK, 24, 9)
    his = await house.as_(PAOLO)(book_visit, slot)
    with pytest.raises(SlotTaken):
        await caused(house.as_(MARIA), slot)
    assert not house.rows(EFFECTS)
    cause.set(None)
    await house.as_(PAOLO)(cancel_visit, his, None)
    visit = await caused(house.as_(MARIA), slot)
    assert house.rows(EFFECTS) == [("7:1/book_visit/1", visit)]


async def test_what_the_house_does_itself_is_not_keyed(house: House) -> None:
    cause.set(Cause("7:1"))
    assert house.clinic.person.role is Role.CLOCKWORK
    assert await house.clinic(pair_up) != await house.clinic(pair_up)
    assert not house.rows(EFFECTS)


async def test_no_count_is_lost_among_many(house: House) -> None:
    await asyncio.gather(*(house.clinic(count_one_more) for _ in range(50)))
    assert house.row("SELECT failures FROM log_in_attempts") == (50,)


async def test_no_count_is_lost_between_two_desks(house: House) -> None:
    async with open_house(house.database_url, house.clock) as other:
        await asyncio.gather(*(desk.clinic(count_one_more) for desk in (house, other) for _ in range(20)))
    assert house.row("SELECT failures FROM log_in_attempts") == (40,)


async def test_another_fault_of_the_database_is_raised_at_once(house: House) -> None:
    def forget_the_table(tx: Transaction) -> None:
        tx.visits._memory.rows(text("SELECT secret FROM nowhere WHERE password = :typed"), {"typed": "Tulip-1!"})

    with pytest.raises(Fault, match=r"no such table|does not exist") as broken:
        await house.as_(MARIA)(forget_the_table)
    assert "Tulip-1!" not in str(broken.value)


@pytest.mark.parametrize(
    "url", ["postgresql://me:hush@db", "sqlite://", "sqlite:///:memory:", "hush", "", "mysql://hush", "x://y:hush@z/a"]
)
def test_a_database_that_cannot_be_served_is_refused_without_its_address(url: str) -> None:
    with pytest.raises(UnknownDatabase, match="DATABASE_URL: expected a file") as refused:
        Database.at(url)
    assert "hush" not in str(refused.value)
