"""Every state has a window, and every window can be shown: in every language, within its limits, with a way on."""

import re
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pytest
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import InlineKeyboardMarkup
from aiogram_dialog.tools.preview import FakeManager
from aiogram_dialog.utils import intent_callback_data

from core.facility.profile import FacilityProfile
from core.facility.read_profile import read_profile
from dialogs import states
from dialogs.all import build_dialogs
from dialogs.kit.screen import Screen
from locales.template import fields_of
from locales.translator import Language, Translator, Translators, load_translators
from tests.laws.house import ROOT

NOW: Final = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
LONGEST_TEXT: Final = 4096
LONGEST_DATA_BYTES: Final = 64
LONGEST_ALONE: Final = 38
LONGEST_IN_A_PAIR: Final = 24
LONGEST_CYRILLIC_IN_A_PAIR: Final = 13
CYRILLIC: Final = re.compile("[\u0400-\u04ff]")
INTENT: Final = "AAAAAA"
LONGEST_ID: Final = ":9007199254740991"
FACILITIES: Final = sorted((ROOT / "facilities").glob("*.toml"))


@dataclass(frozen=True)
class Overheard(Translator):
    """Remembers which text of the source each label came from.

    A label whose text has fields is made of data, a name or a time: how long it gets is not the translator's to say.
    The same goes for what no text said at all: the days of a calendar, the pages of a list.
    """

    sources: dict[str, str] = field(default_factory=dict)

    def say(self, msgid: str, /, **values: object) -> str:
        said = Translator.say(self, msgid, **values)
        self.sources[said] = msgid
        return said

    def is_plain(self, label: str) -> bool:
        return label in self.sources and not fields_of(self.sources[label])


class Preview(FakeManager):
    """A manager that shows windows to nobody."""

    def __init__(self, speech: Translator) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.middleware_data["speech"] = speech


@dataclass(frozen=True)
class Shown:
    """A window as a person would see it. `case` names the state, and which of its conditions was turned round."""

    case: str
    text: str
    rows: list[list[tuple[str, str]]]


async def shown(facility: FacilityProfile, speech: Translator) -> AsyncIterator[Shown]:
    """Every window from its preview data, and once more with each condition in it turned round."""
    manager = Preview(speech)
    for dialog in build_dialogs(facility):
        manager.set_dialog(dialog)
        for state, window in dialog.windows.items():
            assert isinstance(window, Screen)
            manager.set_state(state)
            data: dict[str, Any] = await window.load_data(dialog, manager)
            conditions = [name for name, value in data.items() if isinstance(value, bool)]
            for turned in [None, *conditions]:
                seen = data if turned is None else {**data, turned: not data[turned]}
                text, markup = await window.render_text(seen, manager), await window.render_kbd(seen, manager)
                assert isinstance(markup, InlineKeyboardMarkup)
                rows = [[(key.text, key.callback_data or "") for key in row] for row in markup.inline_keyboard]
                yield Shown(f"{state.state} {turned or ''}".rstrip(), text, rows)


def every_state() -> list[State]:
    groups = [group for group in vars(states).values() if isinstance(group, type) and issubclass(group, StatesGroup)]
    return [state for group in groups for state in group.__states__]


def in_its_longest_form(data: str) -> str:
    """The callback data with its intent and, where it ends with an id, the longest one there is."""
    return intent_callback_data(INTENT, re.sub(r":\d+$", LONGEST_ID, data)) or ""


@pytest.fixture(scope="module")
def translators() -> Translators:
    return load_translators()


@pytest.fixture(params=FACILITIES, ids=lambda file: file.stem)
def facility(request: pytest.FixtureRequest) -> FacilityProfile:
    file: Path = request.param
    return read_profile(file)


@pytest.fixture(params=Language)
def speech(request: pytest.FixtureRequest, facility: FacilityProfile, translators: Translators) -> Overheard:
    voice = translators.speak(request.param, zone=facility.timezone, now=NOW)
    return Overheard(voice.setting, voice.catalog)


def test_every_state_has_exactly_one_window(facility: FacilityProfile) -> None:
    windows = Counter(state for dialog in build_dialogs(facility) for state in dialog.windows)
    assert windows == Counter(every_state())


async def test_every_window_says_something_that_fits_a_message(facility: FacilityProfile, speech: Overheard) -> None:
    async for screen in shown(facility, speech):
        assert 0 < len(screen.text) <= LONGEST_TEXT, screen.case
        assert all(label for row in screen.rows for label, _ in row), screen.case


async def test_no_screen_is_a_dead_end(facility: FacilityProfile, speech: Overheard) -> None:
    async for screen in shown(facility, speech):
        assert any(data for row in screen.rows for _, data in row), screen.case


async def test_buttons_fit_a_row_or_half_of_it(facility: FacilityProfile, speech: Overheard) -> None:
    too_long = set()
    async for screen in shown(facility, speech):
        for row in screen.rows:
            alone = len(row) == 1
            for label, _ in row:
                beside = LONGEST_CYRILLIC_IN_A_PAIR if CYRILLIC.search(label) else LONGEST_IN_A_PAIR
                if speech.is_plain(label) and len(label) > (LONGEST_ALONE if alone else beside):
                    too_long.add((screen.case, label))
    assert sorted(too_long) == []


async def test_callback_data_stays_within_what_telegram_carries(facility: FacilityProfile, speech: Overheard) -> None:
    async for screen in shown(facility, speech):
        for row in screen.rows:
            for label, data in row:
                assert len(in_its_longest_form(data).encode()) <= LONGEST_DATA_BYTES, (screen.case, label, data)


async def test_labels_are_told_apart_by_the_text_they_came_from(
    facility: FacilityProfile, translators: Translators
) -> None:
    voice = translators.speak(Language.EN, zone=facility.timezone, now=NOW)
    speech = Overheard(voice.setting, voice.catalog)
    labels = {label async for screen in shown(facility, speech) for row in screen.rows for label, _ in row}
    assert speech.is_plain("Back")
    assert {label for label in labels if not speech.is_plain(label)} >= {"December 2026", "16", "Italiano"}
