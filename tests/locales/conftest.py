"""Voices for the tests: on 1 December 2026 in Warsaw, with a few texts of their own."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from locales.language import TRANSLATED, Language
from locales.translator import Translator, Translators, load_translators

WARSAW = ZoneInfo("Europe/Warsaw")
NOW = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)

VISITS = ("You have {count} planned visit.", "You have {count} planned visits.")
TEXTS: dict[Language, dict[str | tuple[str, str], str | tuple[str, ...]]] = {
    Language.IT: {
        "Confirmed": "Confermata",
        "Request No. {number}: {state:words}": "Richiesta n. {number}: {state:words}",
        VISITS: ("Ha {count} visita prenotata.", "Ha {count} visite prenotate."),
    },
    Language.RU: {
        "Confirmed": "Подтверждена",
        "Request No. {number}: {state:words}": "Заявка № {number}: {state:words}",
        VISITS: (
            "У Вас {count} предстоящий приём.",
            "У Вас {count} предстоящих приёма.",
            "У Вас {count} предстоящих приёмов.",
        ),
    },
    Language.PL: {
        "Confirmed": "Potwierdzona",
        "Request No. {number}: {state:words}": "Zgłoszenie nr {number}: {state:words}",
        VISITS: ("W planie jest {count} wizyta.", "W planie są {count} wizyty.", "W planie jest {count} wizyt."),
    },
}

Speak = Callable[..., Translator]


@pytest.fixture(scope="session")
def translators(tmp_path_factory: pytest.TempPathFactory) -> Translators:
    folder = tmp_path_factory.mktemp("catalogs")
    for language in TRANSLATED:
        write_catalog(folder, language)
    return load_translators(folder)


@pytest.fixture
def speak(translators: Translators) -> Speak:
    def in_language(language: Language, now: datetime = NOW) -> Translator:
        return translators.speak(language, zone=WARSAW, now=now)

    return in_language


def write_catalog(folder: Path, language: Language) -> None:
    catalog = Catalog(locale=language)
    for source, translation in TEXTS[language].items():
        catalog.add(source, translation)
    path = folder / language / "LC_MESSAGES" / "reception.po"
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        write_po(file, catalog)
