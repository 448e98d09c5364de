"""One connection to a SQLite file, and what it says against us."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Dialect
from sqlalchemy.dialects.sqlite import dialect as sqlite_dialect

from core.storage.engine import BUSY_SECONDS
from core.storage.fault import Fault, Violation

STATEMENTS_KEPT: Final = 512
LOCKED: Final = ("SQLITE_BUSY", "SQLITE_LOCKED")
OURS: Final = ("SQLITE_ERROR", "SQLITE_READONLY", "SQLITE_MISMATCH", "SQLITE_TOOBIG")
DIALECT: Final = sqlite_dialect()
PRAGMAS: Final = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")


class SQLiteLine:
    """Statements go to the driver as they are."""

    dialect: Dialect = DIALECT

    def __init__(self, file: sqlite3.Connection) -> None:
        self._file = file

    def run(self, text: str, values: tuple[Any, ...]) -> Sequence[Any]:
        try:
            return self._file.execute(text, values).fetchall()
        except sqlite3.Error as error:
            raise fault_of(error) from None

    def run_all(self, text: str, many: Sequence[tuple[Any, ...]]) -> None:
        try:
            self._file.executemany(text, many)
        except sqlite3.Error as error:
            raise fault_of(error) from None


def open_file(file: Path) -> sqlite3.Connection:
    """May be used by one thread after another; waits for locks. Raises sqlite3.Error."""
    opened = sqlite3.connect(
        file, BUSY_SECONDS, isolation_level=None, check_same_thread=False, cached_statements=STATEMENTS_KEPT
    )
    for pragma in PRAGMAS:
        opened.execute(f"PRAGMA {pragma}")
    return opened


def wait_for_locks(file: sqlite3.Connection, seconds: int) -> None:
    file.execute(f"PRAGMA busy_timeout={seconds * 1000}")


def fault_of(error: sqlite3.Error) -> Fault:
    """SQLite's words name tables and rules, and no values."""
    words, kind = str(error), getattr(error, "sqlite_errorname", "")
    if isinstance(error, sqlite3.IntegrityError):
        return Violation(words)
    if kind.startswith(LOCKED):
        return Fault(words, lost=True, again=True)
    programming = isinstance(error, sqlite3.ProgrammingError) or kind.startswith(OURS)
    return Fault(words, lost=not programming)
