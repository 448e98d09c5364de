"""What PostgreSQL adds: connections that end in the middle, and errors that quote."""

import asyncio
import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.util import await_only

from core.clinic import Clinic
from core.errors import DatabaseLost
from core.identity.greet_chat import greet_chat
from core.identity.person import ChatId
from core.storage.database import Database
from core.storage.fault import Fault
from core.storage.memory import Memory
from core.transaction import Transaction
from core.visits.book_visit import book_visit
from core.visits.slot import SlotId
from tests.stage.house import PROFILE, House, caused
from tests.stage.small_clinic import JAN, MARIA, NOWAK

END_OTHERS = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name LIKE 'reception%'"""


@pytest.fixture
def engine() -> str:
    return "postgresql"


def say(tx: Transaction, /, statement: str, **values: object) -> None:
    tx.visits._memory.tell(text(statement), values)


def end_in_the_middle(tx: Transaction, house: House, slot_id: SlotId) -> int:
    """A booking whose connection ends before its commit."""
    visit = book_visit(tx, slot_id)
    tx.visits._memory.flush()
    house.rows(END_OTHERS)
    return visit


async def test_a_connection_that_ended_in_the_pool_is_replaced_unnoticed(house: House) -> None:
    slot = house.slot(NOWAK, 24, 9)
    await asyncio.gather(*(house.clinic(greet_chat, ChatId(number), "en") for number in range(1, 9)))
    house.rows(END_OTHERS)
    await house.as_(MARIA)(book_visit, slot)
    assert not house.is_free(slot)


async def test_a_connection_that_ends_in_the_middle_changes_nothing_and_may_be_tried_again(house: House) -> None:
    slot = house.slot(NOWAK, 24, 9)
    with pytest.raises(DatabaseLost):
        await house.as_(MARIA)(end_in_the_middle, house, slot)
    assert house.is_free(slot)
    await house.as_(MARIA)(book_visit, slot)
    assert not house.is_free(slot)


async def test_an_answer_lost_after_the_commit_is_looked_up_by_its_key(house: House) -> None:
    slot = house.slot(NOWAK, 24, 9)
    first = await caused(house.as_(MARIA), slot)
    house.rows(END_OTHERS)
    assert await caused(house.as_(MARIA), slot) == first
    assert house.row("SELECT count(*) FROM visits") == (1,)


@pytest.mark.parametrize(
    "url",
    ["postgresql://nobody:Tulip-1!@127.0.0.1:1/reception", "postgresql://nobody:Tulip-1!@nowhere.invalid/reception"],
)
async def test_a_server_that_does_not_answer_is_a_lost_database(house: House, url: str) -> None:
    database = Database.at(url)
    clinic = Clinic(database, PROFILE, house.clock, house.clinic.chance)
    with pytest.raises(DatabaseLost) as lost:
        await clinic(say, "SELECT 1")
    assert "Tulip" not in "".join(traceback.format_exception(lost.value))
    with pytest.raises(DatabaseLost):
        await database.lock("seat-0").take()
    await database.close()


async def test_a_database_that_is_not_there_is_lost_too(house: House) -> None:
    database = Database.at(f"{house.database_url}_gone")
    with pytest.raises(DatabaseLost):
        await Clinic(database, PROFILE, house.clock, house.clinic.chance)(say, "SELECT 1")
    await database.close()


@pytest.mark.parametrize(
    ("statement", "values"),
    [
        ("SELECT id FROM slots WHERE id = :typed", {"typed": "Tulip-1!"}),
        ("SELECT CAST(CAST(:typed AS text) AS integer)", {"typed": "Tulip-1!"}),
        ("INSERT INTO chats (id, offered) VALUES (1, :typed)", {"typed": "Tulip-1!" * 10}),
        ("INSERT INTO log_in_attempts (subject, failures) VALUES (:typed, 1)", {"typed": "Tulip-1!"}),
        ("UPDATE accounts SET login = 'maria'", {}),
        ("UPDATE accounts SET patient_id = 777", {}),
    ],
)
async def test_no_error_quotes_a_value(house: House, statement: str, values: dict[str, object]) -> None:
    with pytest.raises(Fault) as broken:
        await house.clinic(say, statement, **values)
    told = "".join(traceback.format_exception(broken.value)) + repr(broken.value)
    assert not [secret for secret in ("Tulip", "(maria)", "777)") if secret in told]


async def test_what_two_add_at_once_is_added_once_and_seen_by_both(house: House) -> None:
    await asyncio.gather(*(house.clinic(greet_chat, ChatId(7), "en") for _ in range(20)))
    assert house.row("SELECT count(*) FROM chats WHERE id = 7") == (1,)


async def test_those_who_lock_each_other_out_are_run_again(house: House) -> None:
    met = asyncio.Barrier(2)

    def locks_both(tx: Transaction, first: int, second: int) -> int:
        runs.append(first)
        say(tx, "UPDATE clinics SET address = '' WHERE id = :id", id=first)
        if len(runs) <= 2:
            await_only(met.wait())
        say(tx, "UPDATE clinics SET address = '' WHERE id = :id", id=second)
        return first

    runs: list[int] = []
    done = await asyncio.gather(house.clinic(locks_both, 11, 12), house.clinic(locks_both, 12, 11))
    assert [*done] == [11, 12]
    assert len(runs) == 3


@asynccontextmanager
async def locked_slot(house: House, slot: SlotId) -> AsyncIterator[None]:
    async with await psycopg.AsyncConnection.connect(house.database_url) as other:
        await other.execute("SELECT 1 FROM slots WHERE id = %s FOR UPDATE", (slot,))
        yield


async def test_a_lock_that_is_not_given_back_is_a_lost_database_and_no_crash(house: House) -> None:
    slot = house.slot(NOWAK, 24, 9)

    def impatiently(tx: Transaction) -> None:
        say(tx, "SET LOCAL lock_timeout = 50")
        book_visit(tx, slot)

    async with locked_slot(house, slot):
        with pytest.raises(DatabaseLost):
            await house.as_(MARIA)(impatiently)
    await house.as_(JAN)(book_visit, slot)


async def test_a_question_sees_one_moment(house: House) -> None:
    count = text("SELECT count(*) FROM chats")

    def counts_twice(memory: Memory) -> list[int]:
        before = memory.value(count)
        await_only(house.clinic(greet_chat, ChatId(7), "en"))
        return [before, memory.value(count)]

    before, after = await house.clinic.database.ask(counts_twice)
    assert after == before
