"""The words a patient would see, taken from the catalogs: tests follow them and never type them again."""

from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from locales.translator import Language, Translator, Translators, load_translators
from tests.stage.small_clinic import MONDAY

WARSAW: Final = ZoneInfo("Europe/Warsaw")


@cache
def _translators() -> Translators:
    return load_translators()


def speech_in(language: str) -> Translator:
    """The bot's own voice on the small clinic's Monday."""
    return _translators().speak(Language(language), zone=WARSAW, now=MONDAY)
