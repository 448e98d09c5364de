"""One connection to PostgreSQL, and what the server says against us."""

from collections.abc import Sequence
from typing import Any, Final, TypeAlias, cast

import asyncpg
from sqlalchemy import Dialect
from sqlalchemy.dialects.postgresql.asyncpg import dialect as asyncpg_dialect
from sqlalchemy.util import await_only

from core.storage.fault import Fault, Violation

# asyncpg's own connection, which takes parameters of type in its stubs alone.
Server: TypeAlias = Any
DIALECT: Final[Any] = cast(Any, asyncpg_dialect)()
TROUBLES: Final = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError)
# No connection, no entry, no such database, full, told to stop, broken disk, locked for too long.
LOST: Final = ("08", "28", "3D", "53", "57", "58", "55P03")
# Another transaction was in the way. What it left behind is seen by the next run, also where both added the same row.
REPEATABLE: Final = frozenset({"40001", "40P01", "55P03", "23505", "23P01"})
VIOLATIONS: Final = "23"
DATA: Final = "22"


class PostgreSQLLine:
    """Statements go to the driver as they are; whoever runs one waits for it in a greenlet."""

    dialect: Dialect = DIALECT

    def __init__(self, server: Server) -> None:
        self._server = server

    def run(self, text: str, values: tuple[Any, ...]) -> Sequence[Any]:
        try:
            rows: Sequence[Any] = await_only(self._server.fetch(text, *values))
        except TROUBLES as error:
            raise fault_of(error, gone=self._server.is_closed()) from None
        return rows

    def run_all(self, text: str, many: Sequence[tuple[Any, ...]]) -> None:
        if len(many) == 1:
            self.run(text, many[0])
            return
        try:
            await_only(self._server.executemany(text, many))
        except TROUBLES as error:
            raise fault_of(error, gone=self._server.is_closed()) from None


def fault_of(error: BaseException, *, gone: bool) -> Fault:
    """PostgreSQL and its driver quote values that do not fit: then only the kind of the error is kept.

    `gone`: whether the connection is.
    """
    state = getattr(error, "sqlstate", None) or ""
    kind = type(error).__name__
    lost = gone or isinstance(error, OSError) or state.startswith(LOST)
    again = state in REPEATABLE
    quotes = lost or not state or state.startswith(DATA)
    words = kind if quotes or not error.args else str(error.args[0])
    if state.startswith(VIOLATIONS):
        return Violation(words, lost=lost, again=again)
    return Fault(words, lost=lost, again=again)
