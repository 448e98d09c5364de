"""A lock between the processes of one PostgreSQL: it belongs to a session, and goes with it."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

import asyncpg

from core.errors import DatabaseLost
from core.storage.connect import TROUBLES, connect
from core.storage.engine import BUSY_SECONDS

NAME: Final = "reception"
# A machine that vanishes from the network gives its locks back after some ten seconds.
LOCK_SESSION: Final = {
    "application_name": f"{NAME} lock",
    "tcp_keepalives_idle": "5",
    "tcp_keepalives_interval": "2",
    "tcp_keepalives_count": "3",
}
# Not a standby: it would refuse every change until it is promoted.
PRIMARY: Final = "read-write"


def lock_name(name: str) -> str:
    return f"{NAME}/{name}"


class AdvisoryLock:
    """A session's advisory lock, on a connection of its own: it goes when the connection does."""

    def __init__(self, name: str, options: Mapping[str, Any]) -> None:
        self._name = name
        self._options = options
        self._connection: asyncpg.Connection[Any] | None = None
        self._taken = False

    @property
    def held(self) -> bool:
        return self._taken and self._connection is not None and not self._connection.is_closed()

    async def take(self) -> bool:
        try:
            return await self._take()
        except TROUBLES as trouble:
            self._drop()
            raise DatabaseLost(type(trouble).__name__) from None

    async def _take(self) -> bool:
        if self._connection is None or self._connection.is_closed():
            self._drop()
            self._connection = await connect(
                **self._options,
                target_session_attrs=PRIMARY,
                server_settings=LOCK_SESSION,
                command_timeout=BUSY_SECONDS,
            )
        if self._taken:
            await self._connection.fetchval("SELECT 1")
        else:
            query = "SELECT pg_try_advisory_lock(hashtextextended($1, 0))"
            self._taken = await self._connection.fetchval(query, self._name)
        return self._taken

    async def let_go(self) -> None:
        if self._connection is not None and self.held:
            with suppress(*TROUBLES):
                await self._connection.execute("SELECT pg_advisory_unlock_all()")
        self._drop()

    def _drop(self) -> None:
        """The server gives the lock back when it sees the connection end."""
        if self._connection is not None:
            self._connection.terminate()
        self._connection, self._taken = None, False
