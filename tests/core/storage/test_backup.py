"""A copy that is taken while people book is whole, and can be opened in place of the original."""

import asyncio
import sqlite3
import stat
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from itertools import count
from pathlib import Path
from random import Random
from typing import Final

import pytest
from sqlalchemy import make_url

from core.identity.person import Person
from core.storage.backup import NoBackup, back_up
from core.storage.database import Database
from core.storage.migrate import migrate
from core.visits.book_visit import book_visit
from core.visits.questions import planned_visits
from core.visits.slot import SlotId
from tests.stage.house import House, crowd, gather_crowd
from tests.stage.memory import Memory, sqlite_at
from tests.stage.small_clinic import MARIA, NOWAK

BOOKINGS: Final = 200
BEFOREHAND: Final = 40
CHATS_AT_ONCE: Final = 8
# What a visit drags along: each has taken its slot, and owes its confirmation by chat and by letter.
TORN: Final = (
    "SELECT COUNT(*) FROM visits v JOIN slots s ON s.id = v.slot_id WHERE s.free",
    "SELECT COUNT(*) FROM slots s WHERE NOT s.free AND NOT EXISTS (SELECT 1 FROM visits v WHERE v.slot_id = s.id)",
    "SELECT COUNT(*) FROM visits v WHERE 2 <> (SELECT COUNT(*) FROM alerts a"
    " WHERE a.visit_id = v.id AND a.kind = 'visit_booked')",
)


@pytest.fixture
def engine() -> str:
    return "sqlite"


class Morning:
    """Two hundred patients book side by side; who has been told yes stands in `acknowledged`."""

    def __init__(self, house: House, slots: Sequence[SlotId]) -> None:
        self._house = house
        self._waiting = iter(list(zip(crowd(), slots, strict=False)))
        self.acknowledged: set[int] = set()
        self.is_busy = asyncio.Event()

    async def goes_by(self) -> None:
        async with asyncio.TaskGroup() as chats:
            for _ in range(CHATS_AT_ONCE):
                chats.create_task(self._one_after_another())

    async def _one_after_another(self) -> None:
        for person, slot in self._waiting:
            await self._books(person, slot)

    async def _books(self, person: Person, slot: SlotId) -> None:
        self.acknowledged.add(await self._house.as_(person)(book_visit, slot))
        if len(self.acknowledged) == BEFOREHAND:
            self.is_busy.set()


async def test_all_that_was_acknowledged_before_is_in_the_copy_and_nothing_in_halves(
    house: House, tmp_path: Path
) -> None:
    await house.clinic(gather_crowd)
    slots = [SlotId(row[0]) for row in house.rows("SELECT id FROM slots WHERE day > '2026-11-24' ORDER BY id")]
    morning, numbers = Morning(house, slots[:BOOKINGS]), count()
    copies: dict[Path, set[int]] = {}

    async def keep_copying() -> None:
        await morning.is_busy.wait()
        while len(morning.acknowledged) < BOOKINGS:
            before, file = set(morning.acknowledged), tmp_path / f"{next(numbers)}.db"
            await asyncio.to_thread(back_up, house.database_url, file)
            copies[file] = before

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(morning.goes_by())
        tasks.create_task(keep_copying())

    assert len(morning.acknowledged) == BOOKINGS
    assert copies
    assert BEFOREHAND <= len(min(copies.values(), key=len)) < BOOKINGS
    for file, before in copies.items():
        copy = Memory(sqlite_at(file))
        kept = {visit for (visit,) in copy.rows("SELECT id FROM visits")}
        assert before <= kept <= morning.acknowledged
        assert [copy.row(question) for question in TORN] == [(0,)] * len(TORN)


async def test_the_desk_opens_on_the_copy_as_if_it_were_the_original(house: House, tmp_path: Path) -> None:
    await house.lets_in(MARIA)
    visit = await house.as_(MARIA)(book_visit, house.slot(NOWAK, 25, 9))
    copy = tmp_path / "copy.db"
    back_up(house.database_url, copy)
    await house.as_(MARIA)(book_visit, house.slot(NOWAK, 26, 9))

    database = Database.at(sqlite_at(copy))
    await migrate(database)
    restored = replace(house.as_(MARIA), database=database, chance=Random(4))
    assert [card.id for card in await restored.read(planned_visits)] == [visit]
    await restored(book_visit, house.slot(NOWAK, 26, 9))
    assert len(await restored.read(planned_visits)) == 2
    await database.close()


def test_the_copy_is_one_file_for_its_owners_eyes(database_url: str, tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    back_up(database_url, shelf / "copy.db")
    with closing(sqlite3.connect(shelf / "copy.db")) as copy:
        assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert copy.execute("SELECT COUNT(*) FROM accounts").fetchone() == (4,)
    assert [file.name for file in shelf.iterdir()] == ["copy.db"]
    assert stat.S_IMODE((shelf / "copy.db").stat().st_mode) == 0o600


def test_a_backup_takes_the_place_of_no_other(database_url: str, tmp_path: Path) -> None:
    kept = tmp_path / "copy.db"
    kept.write_text("yesterday's")
    with pytest.raises(NoBackup, match="is there already"):
        back_up(database_url, kept)
    assert kept.read_text() == "yesterday's"


def test_a_database_with_a_hole_in_it_makes_no_backup(database_url: str, tmp_path: Path) -> None:
    """Half a page is overwritten in the middle of a table: the copy would be as broken as the original."""
    file = Path(make_url(database_url).database or "")
    with closing(sqlite3.connect(file)) as original:
        original.execute("PRAGMA journal_mode=DELETE")
        (page,) = original.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'alerts'").fetchone()
        (size,) = original.execute("PRAGMA page_size").fetchone()
    with file.open("r+b") as torn:
        torn.seek((page - 1) * size)
        torn.write(b"\xff" * (size // 2))
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    with pytest.raises(NoBackup, match="DatabaseError"):
        back_up(database_url, shelf / "copy.db")
    assert list(shelf.iterdir()) == []


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql://me:hush@db/reception", "take pg_dump"),
        ("sqlite:///nowhere/hush.db", "no such file"),
        ("sqlite://", "no such file"),
        ("hush", "expected a file"),
    ],
)
def test_what_cannot_be_backed_up_is_said_in_a_sentence(url: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(NoBackup, match=said) as refused:
        back_up(url, tmp_path / "copy.db")
    assert "hush" not in str(refused.value)
    assert list(tmp_path.iterdir()) == []


def test_a_shelf_that_is_not_there_is_said(database_url: str, tmp_path: Path) -> None:
    with pytest.raises(NoBackup, match="could not be written"):
        back_up(database_url, tmp_path / "nowhere" / "copy.db")
