"""The memory of one transaction: things are what their rows are, and what changes of them is written."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from sqlalchemy import bindparam, select

from core.identity.attempts import Attempts
from core.identity.tables import log_in_attempts
from core.storage.fault import Violation
from core.storage.kind import Kind
from core.storage.memory import Memory
from core.storage.prepared import Prepared
from core.visits.outpatient_clinic import ClinicId, OutpatientClinic
from core.visits.tables import clinics
from tests.stage.house import House
from tests.stage.overheard import overheard
from tests.stage.small_clinic import EYES, HEART

SOME = Prepared(select(clinics.c.id).where(clinics.c.id.in_(bindparam("ids", expanding=True))).order_by(clinics.c.id))
KNOWN = Prepared(select(clinics.c.name).where(clinics.c.id.in_([EYES.id, HEART.id])).order_by(clinics.c.name))
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def eyes(memory: Memory) -> OutpatientClinic:
    return memory.get_one(OutpatientClinic, EYES.id)


async def test_a_thing_is_the_same_each_time_it_is_read(house: House) -> None:
    def reads_twice(memory: Memory) -> bool:
        [listed] = memory.things(OutpatientClinic, select(clinics).where(clinics.c.id == EYES.id))
        return eyes(memory) is listed

    assert await house.clinic.database.change(reads_twice)


async def test_what_changed_is_written_before_anything_else_is_asked(house: House) -> None:
    def renames_and_asks(memory: Memory) -> object:
        eyes(memory).name = "Eyes"
        return memory.value(select(clinics.c.name).where(clinics.c.id == EYES.id))

    assert await house.clinic.database.change(renames_and_asks) == "Eyes"


async def test_only_the_columns_that_changed_are_written_and_nothing_where_nothing_did(house: House) -> None:
    def looks_and_renames(memory: Memory) -> None:
        eyes(memory)
        memory.flush()
        eyes(memory).name = "Eyes"
        memory.flush()
        memory.flush()

    with overheard() as said:
        await house.clinic.database.change(looks_and_renames)
    [written] = [statement for statement, _ in said if statement.startswith("UPDATE")]
    assert "name" in written
    assert "address" not in written


async def test_for_update_a_thing_is_read_anew(house: House) -> None:
    def reads_around_a_change(memory: Memory) -> list[str]:
        known = eyes(memory)
        names = [known.name]
        memory.tell(clinics.update().where(clinics.c.id == EYES.id).values(name="Eyes"))
        names.append(eyes(memory).name)
        assert memory.get(OutpatientClinic, EYES.id, for_update=True) is known
        return [*names, known.name]

    assert await house.clinic.database.change(reads_around_a_change) == [EYES.name, EYES.name, "Eyes"]


async def test_what_is_new_is_written_in_the_order_in_which_it_came(house: House) -> None:
    def adds(memory: Memory) -> OutpatientClinic | None:
        new = OutpatientClinic(ClinicId(901), "First", "street", ""), OutpatientClinic(ClinicId(902), "Second", "s", "")
        memory.add(*new)
        assert memory.get_one(OutpatientClinic, 902) is new[1]
        new[0].name = "Renamed"
        return None

    with overheard() as said:
        await house.clinic.database.change(adds)
    written = [values for statement, values in said if statement.startswith("INSERT")]
    assert [901 in written[0], 902 in written[1]] == [True, True]
    assert house.rows("SELECT name FROM clinics WHERE id > 900 ORDER BY id") == [("Renamed",), ("Second",)]


async def test_what_is_not_there_is_nothing_and_must_it_be_there_a_mistake(house: House) -> None:
    def looks(memory: Memory) -> OutpatientClinic | None:
        with pytest.raises(LookupError, match="OutpatientClinic"):
            memory.get_one(OutpatientClinic, 999)
        return memory.get(OutpatientClinic, 999)

    assert await house.clinic.database.ask(looks) is None


async def test_a_broken_rule_names_the_rule_and_no_value(house: House) -> None:
    def counts_twice(memory: Memory) -> None:
        memory.add(Attempts("secret@example.org", 1, NOON), Attempts("secret@example.org", 2, NOON))

    def counts_and_flushes(memory: Memory) -> None:
        counts_twice(memory)
        memory.flush()

    with pytest.raises(Violation, match="log_in_attempts") as broken:
        await house.clinic.database.change(counts_and_flushes)
    assert "secret" not in str(broken.value)
    assert house.rows("SELECT * FROM log_in_attempts") == []


async def test_a_list_may_have_any_length_from_one_asking_to_the_next(house: House) -> None:
    def asks(memory: Memory) -> list[list[int]]:
        every = [EYES.id, HEART.id]
        return [memory.column(SOME, {"ids": ids}) for ids in (every, every[:1], [], every)]

    two, one, none, again = await house.clinic.database.ask(asks)
    assert (sorted([EYES.id, HEART.id]), [EYES.id], []) == (two, one, none)
    assert two == again


async def test_a_list_that_stands_in_the_statement_stays_there(house: House) -> None:
    for _ in range(2):
        named = await house.clinic.database.ask(lambda memory: memory.column(KNOWN))
        assert named == sorted([EYES.name, HEART.name])


async def test_moments_come_back_as_they_went(house: House) -> None:
    def keeps(memory: Memory) -> None:
        memory.add(Attempts("a", 0, NOON.astimezone(house.clinic.facility.timezone)))
        memory.flush()

    def reads(memory: Memory) -> object:
        return memory.value(select(log_in_attempts.c.retry_at))

    await house.clinic.database.change(keeps)
    read = await house.clinic.database.ask(reads)
    assert read == NOON
    assert isinstance(read, datetime)
    assert read.tzinfo is UTC


async def test_a_naive_moment_is_a_mistake_and_nothing_is_kept(house: House) -> None:
    def keeps(memory: Memory) -> None:
        memory.add(Attempts("a", 0, NOON.replace(tzinfo=None)))
        memory.flush()

    with pytest.raises(TypeError, match="naive"):
        await house.clinic.database.change(keeps)
    assert house.rows("SELECT * FROM log_in_attempts") == []


def test_a_thing_that_is_not_its_table_is_found_at_the_start() -> None:
    @dataclass(eq=False)
    class Other:
        id: int

    with pytest.raises(TypeError, match="Other and clinics differ"):
        Kind(Other, clinics)
