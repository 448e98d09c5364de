"""The grammar of fields in a text: names and attributes, nothing that could reach further.

A translator's text is data from outside. It may name what the window gave it, and never walk from there to
classes, methods or whatever lies behind an underscore.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from string import Formatter
from typing import Final

from locales.formats import FORMATS, WORDS

_NAME: Final = r"[A-Za-z][A-Za-z0-9_]*"
_PATH: Final = re.compile(rf"({_NAME})((?:\.{_NAME}|\[{_NAME}\])*)")
_ROOT: Final = re.compile(_NAME)
_STEP: Final = re.compile(rf"\.({_NAME})|\[({_NAME})\]")
# The framework hands these to every widget; the bot and its token hang on them.
_NEVER_SAID: Final = frozenset({"middleware_data", "event"})


class UnfitField(ValueError):
    """A field that no text may have: an unknown format, a private name, a conversion, empty braces."""


@dataclass(frozen=True, slots=True)
class Field:
    """One value in a text: where it is found, and the name of its format (empty for none)."""

    path: str
    format: str

    def __str__(self) -> str:
        return f"{{{self.path}:{self.format}}}" if self.format else f"{{{self.path}}}"

    def find(self, values: Mapping[str, object]) -> object:
        """The value among those given. Raises KeyError or AttributeError where there is none."""
        root = _ROOT.match(self.path)
        assert root is not None
        found = values[root[0]]
        for attribute, key in _STEP.findall(self.path):
            found = _step(found, attribute, key)
        return found


@dataclass(frozen=True, slots=True)
class Piece:
    """Some literal text and the field after it, if any."""

    literal: str
    field: Field | None


@lru_cache(maxsize=4096)
def pieces_of(text: str) -> tuple[Piece, ...]:
    """The text taken apart. Raises UnfitField; unbalanced braces are a ValueError, too."""
    return tuple(
        Piece(literal, None if path is None else _field(path, spec or "", conversion))
        for literal, path, spec, conversion in Formatter().parse(text)
    )


def fields_of(text: str) -> frozenset[str]:
    """The fields as written, for comparing a text with its translation."""
    return frozenset(str(piece.field) for piece in pieces_of(text) if piece.field)


def _field(path: str, spec: str, conversion: str | None) -> Field:
    found = _PATH.fullmatch(path)
    if found is None or found[1] in _NEVER_SAID:
        raise UnfitField(f"no text may say {{{path}}}")
    if conversion:
        raise UnfitField(f"{{{path}!{conversion}}}: a text has no conversions")
    if spec and spec != WORDS and spec not in FORMATS:
        raise UnfitField(f"{{{path}:{spec}}}: there is no format of this name")
    return Field(path, spec)


def _step(found: object, attribute: str, key: str) -> object:
    if attribute:
        below = getattr(found, attribute)
    elif isinstance(found, Mapping):
        below = found[key]
    else:
        raise TypeError(f"{type(found).__name__} has no keys")
    if callable(below):
        raise TypeError(f"{attribute or key} is not a value to be said")
    return below
