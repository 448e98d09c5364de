"""Whoever waits for something long sees that it lives; whoever waits for nothing long sees nothing."""

import re
from collections.abc import Callable
from contextlib import suppress
from io import StringIO
from threading import Event

import pytest
from rich.console import Console

from bot.progress import show_progress

NEVER = 10_000.0
PATIENCE_SECONDS = 20


class Paper(StringIO):
    """Rings whenever a line was written that has these words."""

    def __init__(self, words: str = "") -> None:
        super().__init__()
        self._words = words
        self.said = Event()

    def write(self, text: str) -> int:
        if self._words and self._words in text:
            self.said.set()
        return super().write(text)

    @property
    def lines(self) -> list[str]:
        return re.sub(r", \d+ s$", ", so many s", self.getvalue(), flags=re.MULTILINE).splitlines()


Kind = Callable[[Paper], Console]


def terminal(paper: Paper) -> Console:
    return Console(file=paper, force_terminal=True, width=100, color_system=None)


def elsewhere(paper: Paper) -> Console:
    return Console(file=paper, force_terminal=False)


def test_elsewhere_each_thing_has_a_line_at_its_end() -> None:
    paper = Paper()
    with show_progress(0, NEVER, elsewhere(paper)) as tell:
        for done in range(81):
            tell("slots", done, 80)
        tell("A shape of 2027", 0, 1)
        tell("A shape of 2027", 1, 1)
    assert paper.lines == ["slots: 80 of 80, so many s", "A shape of 2027, so many s"]


def test_elsewhere_something_long_shows_now_and_then_that_it_lives() -> None:
    paper = Paper("slots: 7 of 80 ...")
    with show_progress(0.001, 0.001, elsewhere(paper)) as tell:
        tell("slots", 7, 80)
        assert paper.said.wait(PATIENCE_SECONDS)


def test_on_a_terminal_each_thing_has_a_bar() -> None:
    paper = Paper()
    with show_progress(0, NEVER, terminal(paper)) as tell:
        for done in range(81):
            tell("slots", done, 80)
        tell("[doctors].csv", 3, 7)
    assert re.search(r"slots +━+ 80/80 ", paper.getvalue())
    assert re.search(r"\[doctors\]\.csv .*3/7 ", paper.getvalue())


def test_on_a_terminal_something_long_shows_up_by_itself() -> None:
    """Nothing more is told: whatever is waited for is busy."""
    paper = Paper("0/1")
    with show_progress(0.001, NEVER, terminal(paper)) as tell:
        tell("A shape of 2027", 0, 1)
        assert paper.said.wait(PATIENCE_SECONDS)


@pytest.mark.parametrize("kind", [terminal, elsewhere])
def test_what_is_soon_over_shows_nothing(kind: Kind) -> None:
    paper = Paper()
    with show_progress(NEVER, NEVER, kind(paper)) as tell:
        for done in range(81):
            tell("slots", done, 80)
    assert paper.getvalue() == ""


@pytest.mark.parametrize("kind", [terminal, elsewhere])
def test_what_breaks_in_the_middle_leaves_a_line_to_write_on(kind: Kind) -> None:
    paper = Paper()
    with suppress(KeyError), show_progress(0, NEVER, kind(paper)) as tell:
        tell("slots", 3, 80)
        raise KeyError
    assert paper.getvalue() == "" or paper.getvalue().endswith(("\n", "\x1b[?25h"))
