"""Names that are stored: of states with open forms, of use cases with the effects of updates."""

from pathlib import Path
from typing import Final

from tests.laws.house import use_cases
from tests.laws.test_screens import every_state

FROZEN: Final = Path(__file__).with_name("frozen_names.txt")


def stored_names() -> list[str]:
    names = [f"state {state.state}" for state in every_state()]
    return sorted(names + [f"use case {use_case.__name__}" for use_case in use_cases()])


def test_stored_names_are_frozen() -> None:
    """A name that is gone closes somebody's open form, or lets an effect happen twice: renaming is a reviewed act."""
    frozen = FROZEN.read_text("utf-8").splitlines()
    assert [name for name in frozen if name not in stored_names()] == [], "renamed or gone"
    assert [name for name in stored_names() if name not in frozen] == [], "new: write it down"
    assert frozen == sorted(set(frozen))


def test_no_two_use_cases_share_a_name() -> None:
    names = [use_case.__name__ for use_case in use_cases()]
    assert sorted(names) == sorted(set(names))
