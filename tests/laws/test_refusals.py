"""Refusals have no words of their own: every one is worded, in every language, short enough for an alert."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final, get_type_hints
from zoneinfo import ZoneInfo

import pytest

from bot.refusals import WORDS, words_for
from core.errors import Refusal
from locales.translator import Language, Translators, load_translators
from tests.laws.house import load_room

ALERT_LIMIT: Final = 200
THIRTY_CHARACTERS: Final = "+48 22 123 45 67 wew. 12345678"
LONGEST_MESSAGE: Final = 4096
NEW_YEARS_EVE: Final = datetime(2026, 12, 31, 12, 0, tzinfo=UTC)  # so that the year is said, too
NEXT_YEAR: Final = [date(2027, 1, 1) + timedelta(days=n) for n in range(365)]
LONG_WAITS: Final = (timedelta(0), timedelta(seconds=59), timedelta(minutes=59, seconds=59), timedelta(hours=23))


def leaves_of(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    below = kind.__subclasses__()
    for one in below:
        yield from leaves_of(one)
    if not below and kind.__module__.split(".")[0] in {"core", "dialogs"}:
        yield kind


def every_refusal() -> list[type[Refusal]]:
    load_room("core")
    load_room("dialogs")
    return sorted(set(leaves_of(Refusal)), key=lambda kind: kind.__name__)


@pytest.fixture(scope="module")
def translators() -> Translators:
    return load_translators()


def facts(kind: Any, day: date, wait: timedelta) -> Any:
    """The longest a fact of this type can be; a new type is a new line here."""
    return {
        str: THIRTY_CHARACTERS,
        int: LONGEST_MESSAGE,
        bool: True,
        time: time(22, 30),
        timedelta: wait,
        date: day,
        datetime: datetime.combine(day, time(22, 30), UTC),
    }[kind]


def filled(kind: type[Refusal]) -> Iterator[Refusal]:
    """The refusal with long facts: on every day of a year, after every kind of wait."""
    hints: dict[str, Any] = {}
    if is_dataclass(kind):
        hints = {field.name: get_type_hints(kind)[field.name] for field in fields(kind)}
    days = NEXT_YEAR if {date, datetime} & set(hints.values()) else NEXT_YEAR[:1]
    waits = LONG_WAITS if timedelta in hints.values() else LONG_WAITS[:1]
    for day in days:
        for wait in waits:
            yield kind(**{name: facts(hint, day, wait) for name, hint in hints.items()})


def test_every_refusal_has_words_and_nothing_else_has() -> None:
    assert sorted(kind.__name__ for kind in WORDS) == [kind.__name__ for kind in every_refusal()]
    assert set(WORDS) == set(every_refusal())


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", every_refusal(), ids=lambda kind: kind.__name__)
def test_a_refusal_filled_with_long_facts_fits_an_alert(
    kind: type[Refusal], language: Language, translators: Translators
) -> None:
    speech = translators.speak(language, zone=ZoneInfo("Europe/Warsaw"), now=NEW_YEARS_EVE)
    longest = max((words_for(refusal, speech) for refusal in filled(kind)), key=len)
    assert longest.strip()
    assert len(longest) <= ALERT_LIMIT, longest
