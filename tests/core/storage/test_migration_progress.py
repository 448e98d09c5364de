"""Whoever waits for a migration hears which it is."""

from pathlib import Path

from core.storage.database import Database
from core.storage.migrate import migrate
from tests.stage.memory import sqlite_at


async def test_each_migration_is_told_by_what_its_file_says_and_the_second_time_none(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    database = Database.at(sqlite_at(tmp_path / "reception.db"))
    await migrate(database, lambda *step: told.append(step))
    assert told[0][0].startswith("The front desk")
    assert [(done, of) for _, done, of in told] == [(0, 1), (1, 1)] * (len(told) // 2)
    assert len({what for what, _, _ in told}) == len(told) // 2 >= 4
    told.clear()
    await migrate(database, lambda *step: told.append(step))
    await database.close()
    assert told == []
