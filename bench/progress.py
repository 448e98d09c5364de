"""How far a long measure has come, for whoever waits: a bar on a terminal, two lines elsewhere."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

CONSOLE: Final = Console(stderr=True)


@contextmanager
def progress(what: str, total: int) -> Iterator[Callable[[int], None]]:
    """Give what is called with each further number that is done."""
    if not CONSOLE.is_terminal:
        yield from _told(what, total)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=CONSOLE, transient=True) as bars:
        task = bars.add_task(what, total=total)
        yield lambda done: bars.advance(task, done)


def _told(what: str, total: int) -> Iterator[Callable[[int], None]]:
    began = monotonic()
    CONSOLE.print(f"  {what}: {total:,} ...")
    yield lambda done: None
    CONSOLE.print(f"  {what}: {monotonic() - began:.1f} s")
