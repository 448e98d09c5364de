"""Text as Telegram keeps it: without markup, trimmed, with entities counted in UTF-16 units."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from sandbox.refusals import BadRequest
from sandbox.text.found import found_in
from sandbox.text.overlaps import extent, first_hundred, settled_overlaps, spanning
from sandbox.wire import Json

UNWELCOME = re.compile("[\0-\x09\x0b-\x1f\u030a\u0333\u033f\u2028-\u202e]")
REMOVED = re.compile("[\r\u030a\u0333\u033f\u2028-\u202e]")
CONTROL = {code: " " for code in range(32) if code not in (10, 13)}
DIRECTIONS = re.compile("[\u200e\u200f]+(?=[\u200e\u200f])")
INVISIBLE = re.compile(
    "[ \n\xa0\u1680\u180e\u2000-\u200f\u202e\u202f\u205f\u2800\u3000\ufeff\ufffc\U000e0000-\U000e007f]*"
)
BLANK = " \n"
FURTHEST = 1_000_000
TEXT_CHARACTERS = 4096
CAPTION_CHARACTERS = 1024


class StyledText(NamedTuple):
    text: str
    entities: list[Json]


def utf16_length(text: str) -> int:
    if text.isascii():
        return len(text)
    return len(text) + sum(1 for letter in text if ord(letter) > 0xFFFF)


def fitting(text: str, entities: list[Json]) -> list[Json]:
    """Somebody's own entities: in order, not over each other, and each on whole letters of the text."""
    for entity in entities:
        for name in ("offset", "length"):
            value = entity[name]
            if not isinstance(value, int) or not 0 <= value <= FURTHEST:
                raise BadRequest(f"receive an entity with incorrect {name} {value}")
    entities = settled_overlaps([entity for entity in entities if entity["length"]])
    length, halves = utf16_length(text), _halves(text)
    for entity in entities:
        _require_inside(entity, length, halves)
    return entities


def settled(text: str, entities: list[Json]) -> StyledText:
    """Clean the text, trim it, keep the entities on their letters, and add those that Telegram finds by itself."""
    require_utf8(text)
    if UNWELCOME.search(text):
        text, entities = _cleaned(text, entities)
    text, entities = _trimmed(text, entities)
    if not text.isascii():
        text = DIRECTIONS.sub(lambda marks: "\u200c" * len(marks.group()), text)
    return StyledText(text, settled_overlaps(first_hundred(entities), found_in(text)))


def covered(text: str, entity: Json) -> str:
    """The words that an entity is about."""
    start, end = extent(entity)
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


def is_blank(text: str) -> bool:
    """Whether there is nothing to be seen in it."""
    return INVISIBLE.fullmatch(text) is not None


def require_utf8(text: str) -> None:
    if text.isascii():
        return
    try:
        text.encode()
    except UnicodeEncodeError:
        raise BadRequest("strings must be encoded in UTF-8") from None


def _require_inside(entity: Json, length: int, halves: dict[int, int]) -> None:
    start, end = extent(entity)
    if start >= length:
        raise BadRequest(f"entity begins after the end of the text at UTF-16 offset {start}")
    if end > length:
        raise BadRequest(
            f"entity beginning at UTF-16 offset {start} ends after the end of the text at UTF-16 offset {end}"
        )
    if start in halves:
        raise BadRequest(f"entity begins in a middle of a UTF-16 symbol at byte offset {halves[start]}")
    if end in halves:
        raise BadRequest(
            f"entity beginning at UTF-16 offset {start} ends in a middle of a UTF-16 symbol "
            f"at byte offset {halves[end]}"
        )


def _halves(text: str) -> dict[int, int]:
    """Where a letter of two units is cut in the middle, and the byte behind that letter."""
    halves: dict[int, int] = {}
    if text.isascii() or max(text) <= "\uffff":
        return halves
    units = byte = 0
    for letter in text:
        byte += len(letter.encode())
        if letter > "\uffff":
            units += 1
            halves[units] = byte
        units += 1
    return halves


def _cleaned(text: str, entities: list[Json]) -> StyledText:
    """Control characters are blanks; carriage returns and what turns or strikes the line are gone."""
    if entities:
        gone = [utf16_length(text[: found.start()]) for found in REMOVED.finditer(text)]
        entities = list(_moved(entities, gone))
    return StyledText(REMOVED.sub("", text).translate(CONTROL), entities)


def _moved(entities: list[Json], gone: list[int]) -> Iterator[Json]:
    for entity in entities:
        start, end = extent(entity)
        start, end = start - bisect_left(gone, start), end - bisect_left(gone, end)
        if end > start:
            yield spanning(entity, start, end)


def _trimmed(text: str, entities: list[Json]) -> StyledText:
    """Blanks in front stay from the first entity on."""
    text = text.rstrip(BLANK)
    first = min((extent(entity)[0] for entity in entities), default=len(text))
    cut = min(len(text) - len(text.lstrip(BLANK)), first)
    return StyledText(text[cut:], list(_shortened(entities, cut, utf16_length(text))) if entities else entities)


def _shortened(entities: list[Json], cut: int, length: int) -> Iterator[Json]:
    for entity in entities:
        start, end = extent(entity)
        if start < length:
            yield spanning(entity, start - cut, min(end, length) - cut)
