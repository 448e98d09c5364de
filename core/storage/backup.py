"""A copy of a SQLite database while it is at work; PostgreSQL has tools of its own for that."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

BUSY_SECONDS: Final = 10


class NoBackup(ValueError):
    """A sentence for whoever asked for it."""


def back_up(url: str, file: Path) -> None:
    """Write everything that was acknowledged before this began into a new file; people go on booking meanwhile.

    The copy is read through before it gets its name, so that a file of that name is a good one. It holds what the
    clinic knows of its patients. Raises NoBackup.
    """
    source = _file_of(url)
    if file.exists():
        raise NoBackup(f"{file} is there already: a backup never takes the place of another.")
    unfinished = file.with_name(f"{file.name}.unfinished")
    try:
        unfinished.unlink(missing_ok=True)
        unfinished.touch(mode=0o600)
        _copy(source, unfinished)
        unfinished.rename(file)
    except (sqlite3.Error, OSError) as trouble:
        unfinished.unlink(missing_ok=True)
        raise NoBackup(f"{file} could not be written: {type(trouble).__name__}.") from None


def _file_of(url: str) -> Path:
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise NoBackup("DATABASE_URL: expected a file, such as sqlite:///var/reception.db.") from None
    if parsed.get_backend_name() != "sqlite":
        raise NoBackup("This backup is for SQLite. For PostgreSQL take pg_dump: see docs/deployment.md.")
    source = Path(parsed.database or "")
    if not source.is_file():
        raise NoBackup("DATABASE_URL: there is no such file yet.")
    return source


def _copy(source: Path, target: Path) -> None:
    with closing(_connect(source)) as original, closing(_connect(target)) as copy:
        original.backup(copy)
        # One file, to be carried away without companions; WAL comes back when somebody works on it.
        copy.execute("PRAGMA journal_mode=DELETE")
        if copy.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            raise sqlite3.DatabaseError


def _connect(file: Path) -> sqlite3.Connection:
    """To a file that is there; nothing is made."""
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True, timeout=BUSY_SECONDS)
