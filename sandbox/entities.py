"""Text as Telegram keeps it: without markup, trimmed, with entities counted in UTF-16 units."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from sandbox.refusals import BadRequest
from sandbox.wire import Json

COMMAND = re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])")
CONTROL = {code: " " for code in range(32) if code != 10} | {13: None}
BLANK = " \n\t\v\f"
VERBATIM = frozenset({"pre", "code", "text_link", "text_mention"})
MERGED = frozenset({"bold", "italic", "underline", "strikethrough", "spoiler"})
NESTING = ("blockquote", "expandable_blockquote", "pre", "code", "text_link", "text_mention", "bold", "italic")


class StyledText(NamedTuple):
    text: str
    entities: list[Json]


def utf16_length(text: str) -> int:
    if text.isascii():
        return len(text)
    return len(text) + sum(1 for letter in text if ord(letter) > 0xFFFF)


def settled(text: str, entities: list[Json]) -> StyledText:
    """Clean the text, trim it, keep the entities on their letters, and add the commands."""
    require_utf8(text)
    if not text.isprintable():
        text = text.translate(CONTROL) if not entities else text.replace("\r", " ").translate(CONTROL)
    trimmed = text.strip(BLANK)
    if entities:
        cut = utf16_length(text[: len(text) - len(text.lstrip(BLANK))])
        entities = list(_inside(entities, cut, utf16_length(trimmed)))
    if "/" in trimmed:
        entities = [*entities, *commands_in(trimmed, entities)]
    if len(entities) > 1:
        entities = _merged(sorted(entities, key=_order))
    return StyledText(trimmed, entities)


def require_utf8(text: str) -> None:
    if text.isascii():
        return
    try:
        text.encode()
    except UnicodeEncodeError:
        raise BadRequest("strings must be encoded in UTF-8") from None


def commands_in(text: str, taken: Iterable[Json]) -> list[Json]:
    """`/start` and its like, wherever no code or link stands already."""
    spans = [extent(entity) for entity in taken if entity["type"] in VERBATIM]
    found: list[Json] = []
    for match in COMMAND.finditer(text):
        start = utf16_length(text[: match.start()])
        end = start + len(match.group())
        if not any(start < span_end and span_start < end for span_start, span_end in spans):
            found.append({"offset": start, "length": end - start, "type": "bot_command"})
    return found


def extent(entity: Json) -> tuple[int, int]:
    offset, length = entity["offset"], entity["length"]
    assert isinstance(offset, int)
    assert isinstance(length, int)
    return offset, offset + length


def _inside(entities: Iterable[Json], cut: int, length: int) -> Iterable[Json]:
    for entity in entities:
        start, end = extent(entity)
        start, end = max(start - cut, 0), min(end - cut, length)
        if end > start:
            yield {**entity, "offset": start, "length": end - start}


def _order(entity: Json) -> tuple[int, int, int]:
    start, end = extent(entity)
    kind = str(entity["type"])
    return start, start - end, NESTING.index(kind) if kind in NESTING else len(NESTING)


def _merged(entities: list[Json]) -> list[Json]:
    """Two bold pieces that touch are one, as on the real server."""
    kept: list[Json] = []
    latest: dict[str, Json] = {}
    for entity in entities:
        kind = str(entity["type"])
        before = latest.get(kind) if kind in MERGED else None
        start, end = extent(entity)
        if before is not None and start <= extent(before)[1]:
            first, last = extent(before)
            before["length"] = max(last, end) - first
            continue
        latest[kind] = entity = dict(entity)
        kept.append(entity)
    return kept
