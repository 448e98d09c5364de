"""SQLite's one pen: a thread that writes, and commits together what waited together."""

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError, SQLAlchemyError

R = TypeVar("R")
MOST_TOGETHER: Final = 64
LOCKED: Final = "database is locked"


class Entry:
    """One change that waits for the pen, and whoever waits for it."""

    def __init__(self, work: Callable[[Connection], Any]) -> None:
        self.loop = asyncio.get_running_loop()
        self.written: asyncio.Future[Any] = self.loop.create_future()
        self._work = work
        self._result: Any = None
        self._error: BaseException | None = None

    def run(self, connection: Connection) -> None:
        """Remember what came of it; raises what the work raises."""
        self._error = None
        try:
            self._result = self._work(connection)
        except BaseException as error:
            self._error = error
            raise

    def fail(self, error: BaseException) -> None:
        self._error = error

    def tell(self) -> None:
        """In the loop of whoever waits, if they still do."""
        if self.written.done():
            return
        if self._error is None:
            self.written.set_result(self._result)
        else:
            self.written.set_exception(self._error)


class Broken(Exception):
    """The transaction is gone, and with it what others had written in it."""


class Pen:
    """Whoever writes waits for the disk once; those who came meanwhile share the next wait.

    Nobody hears of anything before it is on the disk. What fails in company fails alone: its own part is undone, and
    the others stay. Only where the commit itself fails, or the whole transaction goes, is each written again by itself.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._waiting: SimpleQueue[Entry | None] = SimpleQueue()
        self._thread: Thread | None = None
        self._connection: Connection | None = None

    async def write(self, work: Callable[[Connection], R]) -> R:
        """Return what the work returns once it is committed; raises what it raises, and then it has changed nothing."""
        if self._thread is None:
            self._thread = Thread(target=self._run, name="pen", daemon=True)
            self._thread.start()
        entry = Entry(work)
        self._waiting.put(entry)
        result: R = await entry.written
        return result

    async def close(self) -> None:
        """Write what waits, and put the pen away."""
        thread, self._thread = self._thread, None
        if thread is not None:
            self._waiting.put(None)
            await asyncio.to_thread(thread.join)

    def _run(self) -> None:
        while (first := self._waiting.get()) is not None:
            together, last = self._with_others(first)
            self._write(together)
            _tell(together)
            if last:
                break
        self._let_go()

    def _with_others(self, first: Entry) -> tuple[list[Entry], bool]:
        """Those who wait already, and whether somebody wants the pen put away after them."""
        together = [first]
        with suppress(Empty):
            while len(together) < MOST_TOGETHER:
                entry = self._waiting.get_nowait()
                if entry is None:
                    return together, True
                together.append(entry)
        return together, False

    def _write(self, together: list[Entry]) -> None:
        together = [entry for entry in together if not entry.written.cancelled()]
        if len(together) > 1:
            try:
                self._commit_together(together)
            except (Broken, SQLAlchemyError) as trouble:
                if _is_locked(trouble):
                    # Nothing was begun, and to wait as long again for each would help nobody.
                    for entry in together:
                        entry.fail(trouble)
                    return
                self._let_go()
            else:
                return
        for entry in together:
            self._commit_alone(entry)

    def _commit_together(self, together: Iterable[Entry]) -> None:
        connection = self._hold()
        with connection.begin():
            for entry in together:
                with suppress(Exception), connection.begin_nested():
                    entry.run(connection)
                if not _in_transaction(connection):
                    raise Broken

    def _commit_alone(self, entry: Entry) -> None:
        try:
            connection = self._hold()
            with connection.begin():
                entry.run(connection)
        except BaseException as error:
            entry.fail(error)
            if isinstance(error, OperationalError) and not _is_locked(error):
                self._let_go()

    def _hold(self) -> Connection:
        if self._connection is None:
            self._connection = self._engine.connect()
        return self._connection

    def _let_go(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(SQLAlchemyError):
                connection.close()


def _is_locked(trouble: BaseException) -> bool:
    return isinstance(trouble, OperationalError) and LOCKED in str(trouble.orig)


def _in_transaction(connection: Connection) -> bool:
    """As the database sees it: a full disk may have ended what we believe is going on."""
    driver = connection.connection.driver_connection
    return driver is not None and bool(driver.in_transaction)


def _tell(together: Iterable[Entry]) -> None:
    """Each hears of it in the loop it waits in; a loop that is closed has nobody in it."""
    by_loop: dict[asyncio.AbstractEventLoop, list[Entry]] = {}
    for entry in together:
        by_loop.setdefault(entry.loop, []).append(entry)
    for loop, entries in by_loop.items():
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(_tell_each, entries)


def _tell_each(entries: Iterable[Entry]) -> None:
    for entry in entries:
        entry.tell()
