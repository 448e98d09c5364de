"""SQLite's one pen: what waits together is written together, and is on the disk before anybody hears of it."""

import asyncio
import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, Final, TypeAlias, TypeVar

from core.storage.engine import BUSY_SECONDS
from core.storage.fault import Fault
from core.storage.sqlite_line import fault_of, wait_for_locks

R = TypeVar("R")
MOST_TOGETHER: Final = 64
Work: TypeAlias = Callable[[sqlite3.Connection], Any]


class Entry:
    """One change that waits for the pen, and whoever waits for it."""

    def __init__(self, work: Work, leisurely: bool) -> None:
        self.written: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self.leisurely = leisurely
        self._work = work
        self._result: Any = None
        self.error: BaseException | None = None

    def run(self, file: sqlite3.Connection) -> bool:
        """Whether it did what it wanted."""
        self.error = None
        try:
            self._result = self._work(file)
        except BaseException as error:
            self.error = error
        return self.error is None

    def tell(self) -> None:
        """To whoever still waits."""
        if self.written.done():
            return
        if self.error is None:
            self.written.set_result(self._result)
        else:
            self.written.set_exception(self.error)


class Broken(Exception):
    """The transaction is gone, and with it what others had written in it."""


class Pen:
    """Statements run in the loop's own thread, where they are asked; a thread waits for the disk and for others' locks.

    Whoever comes while the disk works shares the next commit. What fails in company fails alone: its own part is
    undone, and the others stay. Only where the commit itself fails, or the whole transaction goes, is each written
    again by itself. What is written at leisure may take long, and is written by the thread altogether.
    """

    def __init__(self, open_file: Callable[[], sqlite3.Connection]) -> None:
        self._open = open_file
        self._file: sqlite3.Connection | None = None
        self._waiting: deque[Entry] = deque()
        self._busy = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._hand = ThreadPoolExecutor(1, thread_name_prefix="pen")

    async def write(self, work: Callable[[sqlite3.Connection], R], leisurely: bool = False) -> R:
        """Return what the work returns once it is committed; raises what it raises, and then it has changed nothing."""
        self._belong_to(asyncio.get_running_loop())
        entry = Entry(work, leisurely)
        self._waiting.append(entry)
        if not self._busy:
            self._busy = True
            try:
                await asyncio.sleep(0)  # so that those who come in the same breath are written together
            finally:
                self._take_up()
        result: R = await entry.written
        return result

    async def close(self) -> None:
        """Write what waits, and put the pen away."""
        while self._waiting or self._busy:
            await self.write(lambda file: None)
        await asyncio.get_running_loop().run_in_executor(self._hand, self._let_go)
        self._hand.shutdown()
        self._hand = ThreadPoolExecutor(1, thread_name_prefix="pen")

    def _belong_to(self, loop: asyncio.AbstractEventLoop) -> None:
        """A loop that ended took with it whoever waited in it."""
        if loop is not self._loop:
            self._loop, self._busy = loop, False
            self._waiting.clear()

    def _take_up(self) -> None:
        together = self._next()
        if not together:
            self._busy = False
        elif together[0].leisurely or not self._begins():
            self._by_hand(self._write_patiently, together)
        else:
            assert self._file is not None
            try:
                kept = _run(self._file, together)
                if not kept:
                    self._file.rollback()
            except (Broken, sqlite3.Error):
                self._by_hand(self._write_each, together)
                return
            if kept:
                self._by_hand(self._commit, together)
            else:
                self._end(together)

    def _next(self) -> list[Entry]:
        together: list[Entry] = []
        while self._waiting and len(together) < MOST_TOGETHER:
            if self._waiting[0].leisurely and together:
                break
            entry = self._waiting.popleft()
            if not entry.written.cancelled():
                together.append(entry)
                if entry.leisurely:
                    break
        return together

    def _begins(self) -> bool:
        """Whether the pen is ours at once."""
        if self._file is None:
            return False
        try:
            self._file.execute("BEGIN IMMEDIATE")
        except sqlite3.Error:
            return False
        return True

    def _by_hand(self, step: Callable[[Sequence[Entry]], None], together: Sequence[Entry]) -> None:
        """In the thread, which may wait."""
        assert self._loop is not None
        done = self._loop.run_in_executor(self._hand, step, together)
        done.add_done_callback(partial(self._told, together))

    def _told(self, together: Sequence[Entry], done: "asyncio.Future[None]") -> None:
        fault = done.exception()
        if fault is not None:
            for entry in together:
                entry.error = fault
        self._end(together)

    def _end(self, together: Sequence[Entry]) -> None:
        for entry in together:
            entry.tell()
        self._take_up()

    def _commit(self, together: Sequence[Entry]) -> None:
        assert self._file is not None
        try:
            self._file.execute("COMMIT")
        except sqlite3.Error:
            self._write_each(together)

    def _write_patiently(self, together: Sequence[Entry]) -> None:
        """All of it in one transaction, after waiting for whoever else writes."""
        try:
            file = self._hold()
            file.execute("BEGIN IMMEDIATE")
        except sqlite3.Error as error:
            # To wait as long again for each would help nobody.
            fault = fault_of(error)
            for entry in together:
                entry.error = fault
            self._let_go_of_what_is_broken(fault)
            return
        try:
            kept = _run(file, together)
        except (Broken, sqlite3.Error):
            self._write_each(together)
        else:
            if kept:
                self._commit(together)
            else:
                file.rollback()
        self._wait_no_more()

    def _write_each(self, together: Sequence[Entry]) -> None:
        """Each in a transaction of its own."""
        for entry in together:
            try:
                file = self._hold()
                file.execute("BEGIN IMMEDIATE")
                if entry.run(file):
                    file.execute("COMMIT")
                else:
                    file.rollback()
            except sqlite3.Error as error:
                entry.error = fault_of(error)
            self._let_go_of_what_is_broken(entry.error)
        self._wait_no_more()

    def _hold(self) -> sqlite3.Connection:
        if self._file is None:
            self._file = self._open()
        self._file.rollback()  # nothing is ever left open; should it be, nobody could begin any more
        wait_for_locks(self._file, BUSY_SECONDS)
        return self._file

    def _wait_no_more(self) -> None:
        if self._file is not None:
            try:
                wait_for_locks(self._file, 0)
            except sqlite3.Error:
                self._let_go()

    def _let_go_of_what_is_broken(self, error: BaseException | None) -> None:
        if isinstance(error, Fault) and error.lost and not error.again:
            self._let_go()

    def _let_go(self) -> None:
        file, self._file = self._file, None
        if file is not None:
            file.close()


def _run(file: sqlite3.Connection, together: Sequence[Entry]) -> bool:
    """Whether there is anything to commit; each in company undoes its own part alone. Raises Broken."""
    if len(together) == 1:
        return together[0].run(file)
    for entry in together:
        file.execute("SAVEPOINT entry")
        well = entry.run(file)
        if not file.in_transaction:
            # As the database sees it: a full disk may have ended what we believe is going on.
            raise Broken
        if not well:
            file.execute("ROLLBACK TO entry")
        file.execute("RELEASE entry")
    return True
