"""Shows whoever waits at a terminal, or reads a log, that something long lives and how far it has come."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Lock, Thread
from time import monotonic
from typing import IO, Final

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from core.progress import Tell

QUIET_SECONDS: Final = 1.0
LINE_EVERY_SECONDS: Final = 10.0


@contextmanager
def show_progress(
    quiet_seconds: float = QUIET_SECONDS, line_every_seconds: float = LINE_EVERY_SECONDS, console: Console | None = None
) -> Iterator[Tell]:
    """Bars on a terminal, lines elsewhere, on standard error; what is over within `quiet_seconds` shows nothing."""
    console = console or Console(stderr=True)
    shown = Bars(console) if console.is_terminal else Lines(console.file)
    try:
        with _now_and_then(shown.show, quiet_seconds, line_every_seconds):
            yield shown.tell
    finally:
        shown.close()


class Bars:
    """A bar for each thing that is done, with the time it took and the time it may still take."""

    def __init__(self, console: Console) -> None:
        self._progress = Progress(
            SpinnerColumn(finished_text=" "),
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=console,
        )
        self._bars: dict[str, TaskID] = {}

    def tell(self, what: str, done: int, of: int) -> None:
        if what not in self._bars:
            self._bars[what] = self._progress.add_task(what)
        self._progress.update(self._bars[what], completed=done, total=of)

    def show(self) -> None:
        """From here on the bars turn by themselves."""
        self._progress.start()

    def close(self) -> None:
        if self._progress.live.is_started:
            self._progress.stop()


class Lines:
    """A line at the end of each thing that is done, with the time it took, and now and then one in between."""

    def __init__(self, out: IO[str]) -> None:
        self._out = out
        self._turn = Lock()
        self._speaks = False
        self._present = ""
        self._began_at = 0.0
        self._says = ""

    def tell(self, what: str, done: int, of: int) -> None:
        with self._turn:
            if what != self._present:
                self._present, self._began_at = what, monotonic()
            self._says = what if of == 1 else f"{what}: {done} of {of}"
            if done == of:
                self._write(f"{self._says}, {monotonic() - self._began_at:.0f} s")
                self._present = self._says = ""

    def show(self) -> None:
        """What is being done now, if it is not done yet."""
        with self._turn:
            self._speaks = True
            if self._says:
                self._write(f"{self._says} ...")

    def close(self) -> None:
        """Nothing is left open."""

    def _write(self, line: str) -> None:
        if self._speaks:
            self._out.write(line + "\n")
            self._out.flush()


@contextmanager
def _now_and_then(show: Callable[[], None], first_seconds: float, every_seconds: float) -> Iterator[None]:
    """In a thread of its own: what is waited for may keep every loop busy. At once, where nothing is to be waited."""
    over = Event()

    def keep_showing() -> None:
        pause = first_seconds or every_seconds
        while not over.wait(pause):
            show()
            pause = every_seconds

    if not first_seconds:
        show()
    thread = Thread(target=keep_showing, name="progress", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
