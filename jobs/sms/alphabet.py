"""The alphabet of an SMS, and what a text costs: one letter outside it makes 70 characters of 160."""

from collections.abc import Callable, Iterator
from string import ascii_letters, digits
from types import MappingProxyType
from typing import Final
from unicodedata import normalize

from anyascii import anyascii

from locales.amounts import plain_spaces
from locales.language import Language

EXTENDED: Final = frozenset(r"^{}\[~]|€")
GSM: Final = EXTENDED.union(
    ascii_letters, digits, "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ", " !\"#¤%&'()*+,-./:;<=>?¡ÄÖÑÜ§¿äöñüà"
)

# Septets of GSM-7, or 16-bit units of UCS-2: alone, and in each part of a longer text.
GSM_ALONE: Final = 160
GSM_JOINED: Final = 153
UCS2_ALONE: Final = 70
UCS2_JOINED: Final = 67

# What a transliteration would make worse of them.
_PUNCTUATION: Final = MappingProxyType({"«": '"', "»": '"', "‹": "'", "›": "'", "`": "'", "№": "No.", "\t": " "})


def is_gsm(text: str) -> bool:
    """Whether the text can be sent in GSM-7."""
    return GSM.issuperset(text)


def plain(text: str, language: Language) -> str:
    """The text as an SMS says it: plain spaces, and nothing outside GSM-7, except in Russian, which stays Cyrillic."""
    spaced = plain_spaces(normalize("NFC", text))
    return spaced if language is Language.RU else "".join(_in_gsm(spaced))


def segments(text: str) -> int:
    """How many SMS the text is counted and paid as."""
    return len(parts(text))


def parts(text: str) -> list[str]:
    """The text as it travels: whole if it fits, else cut where no character is torn apart."""
    weight, alone, joined = (_septets, GSM_ALONE, GSM_JOINED) if is_gsm(text) else (_units, UCS2_ALONE, UCS2_JOINED)
    return [text] if sum(map(weight, text)) <= alone else list(_cut(text, weight, joined))


def _cut(text: str, weight: Callable[[str], int], most: int) -> Iterator[str]:
    begin = filled = 0
    for place, letter in enumerate(text):
        if filled + weight(letter) > most:
            yield text[begin:place]
            begin, filled = place, 0
        filled += weight(letter)
    yield text[begin:]


def _septets(letter: str) -> int:
    return 2 if letter in EXTENDED else 1


def _units(letter: str) -> int:
    return 2 if ord(letter) > 0xFFFF else 1


def _in_gsm(text: str) -> Iterator[str]:
    for letter in text:
        if letter in GSM:
            yield letter
        else:
            spelt = _PUNCTUATION.get(letter) or anyascii(letter)
            yield from (each for each in spelt if each in GSM)
