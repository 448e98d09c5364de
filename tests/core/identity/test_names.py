"""Names in any script, and what is none."""

import pytest

from core.identity.names import read_name
from core.identity.refusals import NotAName


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Ewa", "Ewa"),
        ("  Ewa   Anna ", "Ewa Anna"),
        ("Ewa\nAnna", "Ewa Anna"),
        ("Wiśniewska-Nowak", "Wiśniewska-Nowak"),
        ("d'Arc", "d'Arc"),
        ("O’Neill", "O’Neill"),
        ("Петрова", "Петрова"),
        ("Nguyễn Văn", "Nguyễn Văn"),
        ("Jan P.", "Jan P."),
        ("St. John", "St. John"),
        ("O", "O"),
    ],
)
def test_names_as_people_write_them(typed: str, name: str) -> None:
    assert read_name(typed) == name


@pytest.mark.parametrize(
    "typed", ["", " ", "-", "4ever", "Anna2", "<b>Anna</b>", "{slot}", "anna@example.com", "Anna; DROP", "😀", "x" * 61]
)
def test_what_is_no_name_is_refused(typed: str) -> None:
    with pytest.raises(NotAName):
        read_name(typed)
