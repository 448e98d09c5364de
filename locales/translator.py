"""The only voice of the bot: finds a text in a catalog and fills it in, for screens and alerts alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Final

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from locales.dates import weekday_heads
from locales.formats import FORMATS, RAISED, WORDS, as_it_stands
from locales.language import SOURCE, TRANSLATED, Language, choose_language
from locales.setting import Setting
from locales.template import Field, pieces_of

__all__ = ["CATALOGS", "Language", "Translator", "Translators", "choose_language", "load_translators"]

CATALOGS: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Translator:
    """One language at one moment by one clock: made anew for each update and each alert, at no cost."""

    setting: Setting
    catalog: NullTranslations

    @property
    def language(self) -> Language:
        return self.setting.language

    @property
    def weekday_heads(self) -> tuple[str, ...]:
        """The seven column heads of a calendar, Monday first."""
        return weekday_heads(self.language)

    @property
    def first_weekday(self) -> int:
        """The weekday a calendar begins with; Monday is 0."""
        return Locale.parse(self.language.locale).first_week_day

    def say(self, msgid: str, /, **values: object) -> str:
        """The text in this language, filled in."""
        return self.render(self._label(msgid), values)

    def say_plural(self, one: str, many: str, /, count: int, **values: object) -> str:
        """The form that this language uses for `count`, which the text may name as {count}."""
        return self.render(self.catalog.ngettext(one, many, count), {**values, "count": count})

    def render(self, text: str, values: Mapping[str, object]) -> str:
        """Fill in a text of this language. Raises KeyError or AttributeError where a value is missing."""
        said = ""
        for piece in pieces_of(text):
            said += piece.literal
            if piece.field is not None:
                said += self._worded(piece.field, values, opens_line=not said or said.endswith("\n"))
        return said

    def _worded(self, field: Field, values: Mapping[str, object], *, opens_line: bool) -> str:
        value = field.find(values)
        if field.format == WORDS:
            return self._label(as_it_stands(value))
        if not field.format:
            return as_it_stands(value)
        words = FORMATS[field.format](value, self.setting)
        return words[:1].upper() + words[1:] if opens_line and field.format in RAISED else words

    def _label(self, msgid: str) -> str:
        """A text without fields. gettext would answer the empty one with the header of its catalog."""
        return self.catalog.gettext(msgid) if msgid else ""


class Translators:
    """Every language the bot speaks, read once at start."""

    def __init__(self, catalogs: Mapping[Language, NullTranslations]) -> None:
        self._catalogs = dict(catalogs)

    def speak(self, language: Language, *, zone: tzinfo, now: datetime) -> Translator:
        """The voice for one update or one alert: `zone` is the facility's, `now` is aware."""
        return Translator(Setting(language, zone, now), self._catalogs[language])


def load_translators(catalogs: Path = CATALOGS) -> Translators:
    """Read the three catalogs; English needs none, and says what has no translation yet."""
    translated = {language: _read_catalog(catalogs, language) for language in TRANSLATED}
    return Translators({SOURCE: NullTranslations(), **translated})


def _read_catalog(catalogs: Path, language: Language) -> GNUTranslations:
    """Compiled in memory, so that no compiled file can be older than its source."""
    compiled = BytesIO()
    with (catalogs / language / "LC_MESSAGES" / "reception.po").open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)
