"""The four languages: a person chooses one, and Telegram's code is only the first guess."""

from enum import StrEnum
from typing import Final


class Language(StrEnum):
    """English is the source of every text; the other three have catalogs."""

    EN = "en"
    IT = "it"
    RU = "ru"
    PL = "pl"

    @property
    def own_name(self) -> str:
        """How its speakers call it: the label of its button, never translated."""
        return _OWN_NAMES[self]

    @property
    def locale(self) -> str:
        """Babel's name of it: English is British, because Babel's `en` is American."""
        return "en_GB" if self is Language.EN else self.value


SOURCE: Final = Language.EN
TRANSLATED: Final = (Language.IT, Language.RU, Language.PL)

_OWN_NAMES: Final = {
    Language.EN: "English",
    Language.IT: "Italiano",
    Language.RU: "Русский",
    Language.PL: "Polski",
}


def choose_language(code: str | None) -> Language:
    """The language for Telegram's `language_code` (`pl`, `pl-PL`); English where it is none of ours."""
    primary = (code or "").replace("_", "-").split("-", maxsplit=1)[0].lower()
    return Language(primary) if primary in _OWN_NAMES else Language.EN
