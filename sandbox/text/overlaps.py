"""Entities that lie over each other, brought into Telegram's order.

Styles (bold and the like) may lie over anything: they are cut so that nothing reaches out of what it begins in,
touching pieces of one style are joined, and code knows none. All others keep clear of each other, the first one
staying; only a quotation may hold others, whole."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from sandbox.wire import Json

STYLES = ("bold", "italic", "underline", "strikethrough", "spoiler")
QUOTATIONS = frozenset({"blockquote", "expandable_blockquote"})
VERBATIM = frozenset({"pre", "code"})
ORDER = {
    "blockquote": 0,
    "expandable_blockquote": 0,
    "pre": 11,
    "code": 20,
    "text_link": 49,
    "text_mention": 49,
    "bold": 90,
    "italic": 91,
    "underline": 92,
    "strikethrough": 93,
    "spoiler": 94,
    "custom_emoji": 99,
}
FOUND_ORDER = 50
MOST_OF_A_SENDER = 100


def extent(entity: Json) -> tuple[int, int]:
    offset, length = entity["offset"], entity["length"]
    assert isinstance(offset, int)
    assert isinstance(length, int)
    return offset, offset + length


def spanning(entity: Json, start: int, end: int) -> Json:
    return {**entity, "offset": start, "length": end - start}


def in_order(entities: Iterable[Json]) -> list[Json]:
    return sorted(entities, key=_order)


def settled_overlaps(entities: Sequence[Json], found: Sequence[Json] = ()) -> list[Json]:
    """What was found in the text gives way to what the sender put there."""
    if len(entities) + len(found) < 2:
        return [*entities, *found]
    ordered = in_order(entities)
    styles = [entity for entity in ordered if entity["type"] in STYLES]
    quotations = _apart(entity for entity in ordered if entity["type"] in QUOTATIONS)
    whole = _apart(entity for entity in ordered if entity["type"] not in STYLES and entity["type"] not in QUOTATIONS)
    if found:
        whole = in_order([*whole, *_clear_of(whole, found)])
    if quotations:
        whole = in_order([*_respecting(whole, quotations), *quotations])
    return in_order([*whole, *_Cutting(styles).around(whole)]) if styles else whole


def first_hundred(entities: list[Json]) -> list[Json]:
    """More of them the server does not keep: the styles beyond go first. Pictures among the letters do not count."""
    if len(entities) <= MOST_OF_A_SENDER:
        return entities
    pictures = [entity for entity in entities if entity["type"] == "custom_emoji"]
    others = [entity for entity in entities if entity["type"] != "custom_emoji"]
    others.sort(key=lambda entity: entity["type"] in STYLES)
    return in_order([*pictures, *others[:MOST_OF_A_SENDER]])


def _order(entity: Json) -> tuple[int, int, int]:
    start, end = extent(entity)
    return start, -end, ORDER.get(str(entity["type"]), FOUND_ORDER)


def _apart(ordered: Iterable[Json]) -> list[Json]:
    kept: list[Json] = []
    last = 0
    for entity in ordered:
        start, end = extent(entity)
        if start >= last:
            kept.append(entity)
            last = end
    return kept


def _clear_of(taken: Sequence[Json], found: Iterable[Json]) -> Iterator[Json]:
    spans = [extent(entity) for entity in taken]
    for entity in found:
        start, end = extent(entity)
        if not any(start < last and first < end for first, last in spans):
            yield entity


def _respecting(entities: Iterable[Json], quotations: Sequence[Json]) -> Iterator[Json]:
    """Those that no quotation cuts: of the quotations only the first that ends behind the beginning matters."""
    spans = [extent(quotation) for quotation in quotations]
    ends = [last for _, last in spans]
    for entity in entities:
        start, end = extent(entity)
        at = bisect_right(ends, start)
        if at == len(spans) or end <= spans[at][0] or (spans[at][0] <= start and end <= spans[at][1]):
            yield entity


class _Cutting:
    """One pass over the styles; `_open` has those that are still running, with where each began and may end."""

    def __init__(self, styles: Sequence[Json]) -> None:
        self._waiting = list(reversed(styles))
        self._open: dict[str, tuple[int, int]] = {}
        self._pieces: list[Json] = []

    def around(self, others: Iterable[Json]) -> list[Json]:
        holding: list[Json] = []
        for other in others:
            self._leave(holding, extent(other)[0])
            holding.append(other)
        self._leave(holding, None)
        return self._pieces

    def _leave(self, holding: list[Json], offset: int | None) -> None:
        while holding and (offset is None or offset >= extent(holding[-1])[1]):
            past = holding.pop()
            before = len(self._pieces)
            self._advance(extent(past)[1])
            if past["type"] in VERBATIM:
                del self._pieces[before:]
        self._advance(offset)

    def _advance(self, offset: int | None) -> None:
        while self._waiting and (offset is None or extent(self._waiting[-1])[0] < offset):
            style = self._waiting.pop()
            kind = str(style["type"])
            start, end = extent(style)
            running = self._open.get(kind)
            if running is not None and start <= running[1]:
                self._open[kind] = running[0], max(running[1], end)
            else:
                self._cut(start)
                self._open[kind] = start, end
        self._cut(offset)

    def _cut(self, offset: int | None) -> None:
        for kind in STYLES:
            running = self._open.get(kind)
            if running is None:
                continue
            start, end = running
            if offset is None or end <= offset:
                self._piece(kind, start, end)
                del self._open[kind]
            elif start < offset:
                self._piece(kind, start, offset)
                self._open[kind] = offset, end

    def _piece(self, kind: str, start: int, end: int) -> None:
        self._pieces.append({"offset": start, "length": end - start, "type": kind})
