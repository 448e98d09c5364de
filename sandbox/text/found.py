"""What Telegram finds in a text by itself: commands, names, tags, addresses, numbers."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import NamedTuple

from sandbox.text.addresses import found_addresses
from sandbox.wire import Json

COMMAND = re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])")
MENTION = re.compile(r"(?<!\w)@([A-Za-z0-9_]{3,32})(?!\w)")
SHORT_NAMES = frozenset({"gif", "nft", "pic", "ufc", "vid"})
SHORTEST_NAME = 4
HASHTAG = re.compile(r"(?<![\w\u200c\xb7])#([\w\u200c\xb7]{1,256})(?![\w\u200c\xb7]*#)")
CASHTAG = re.compile(r"(?<![\w$])\$(?:1INCH|[A-Z]{1,8})(?![\w$])")
PHONE = re.compile(r"(?<![\w+])\+[1-9](?:[ ()-]{0,2}[0-9]){6,14}(?![\w-])")
CARD = re.compile(r"(?<![\w+.,-])[0-9](?:[ -]?[0-9]){12,18}(?![\w-])")
SIGNS = re.compile(r"[/@#$+]|\.\w")
MANY_DIGITS = re.compile(r"[0-9](?:[ -]?[0-9]){12}")


class Found(NamedTuple):
    """`start` and `end` are letters of the text."""

    kind: str
    start: int
    end: int


def found_in(text: str) -> list[Json]:
    """In the order of the text, none over another; the longer one wins where two begin together."""
    found: list[Found] = []
    if SIGNS.search(text):
        found = [one for sign, seek in SEEKERS if sign in text for one in seek(text)]
    if MANY_DIGITS.search(text):
        found.extend(_cards(text))
    if not found:
        return []
    found.sort(key=lambda one: (one.start, -one.end))
    kept = [found[0]]
    for one in found[1:]:
        if one.start >= kept[-1].end:
            kept.append(one)
    return _counted_in_utf16(text, kept)


def _counted_in_utf16(text: str, found: list[Found]) -> list[Json]:
    wide = [] if text.isascii() else [at for at, letter in enumerate(text) if letter > "\uffff"]
    shown: list[Json] = []
    for kind, first, last in found:
        start, end = first + bisect_left(wide, first), last + bisect_left(wide, last)
        shown.append({"offset": start, "length": end - start, "type": kind})
    return shown


def _all(kind: str, pattern: re.Pattern[str]) -> Callable[[str], Iterator[Found]]:
    return lambda text: (Found(kind, *match.span()) for match in pattern.finditer(text))


def _mentions(text: str) -> Iterator[Found]:
    for match in MENTION.finditer(text):
        if len(match.group(1)) >= SHORTEST_NAME or match.group(1).lower() in SHORT_NAMES:
            yield Found("mention", *match.span())


def _hashtags(text: str) -> Iterator[Found]:
    for match in HASHTAG.finditer(text):
        if any(letter.isalpha() for letter in match.group(1)):
            yield Found("hashtag", *match.span())


def _addresses(text: str) -> Iterator[Found]:
    return (Found(*address) for address in found_addresses(text))


def _cards(text: str) -> Iterator[Found]:
    for match in CARD.finditer(text):
        if _sums_up([int(letter) for letter in match.group() if letter.isdecimal()]):
            yield Found("bank_card_number", *match.span())


def _sums_up(digits: list[int]) -> bool:
    """Luhn's check: the sum of the digits, each second one doubled, ends in a nought."""
    doubled = [2 * digit - 9 * (digit > 4) for digit in digits[-2::-2]]
    return (sum(doubled) + sum(digits[::-2])) % 10 == 0


SEEKERS: tuple[tuple[str, Callable[[str], Iterator[Found]]], ...] = (
    ("/", _all("bot_command", COMMAND)),
    ("@", _mentions),
    ("#", _hashtags),
    ("$", _all("cashtag", CASHTAG)),
    (".", _addresses),
    ("+", _all("phone_number", PHONE)),
    ("://", _all("url", re.compile(r"(?i)\b(?:tg|ton)://[a-z0-9_-]{1,253}(?:[/?#][^\s<>\"«»]*[^\s<>\"«».:;,('?!`])?"))),
)
