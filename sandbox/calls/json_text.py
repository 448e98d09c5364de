"""JSON as bots write it: read strictly, so that nothing which cannot be written again comes in."""

import json
import re
from math import isfinite
from typing import Final, NoReturn

from sandbox.wire import Json

DEEPEST: Final = 100
SURROGATE: Final = re.compile(r"\\u[dD][89a-fA-F]")
BLANK: Final = re.compile(r"[ \t\r\n]*")
UNREADABLE: Final = (ValueError, RecursionError)


class NotUtf8(ValueError):
    """A half of a surrogate pair, which no UTF-8 can carry."""


def read_json(text: str) -> object:
    """Raises ValueError also for what Python would take: NaN, numbers beyond a double, a hundred levels."""
    try:
        value: object = _decoder.decode(text)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    _require_sound(text, value)
    return value


def read_members(text: str) -> Json:
    """The members of an object up to where it breaks, which is all that Telegram takes of broken JSON."""
    members: Json = {}
    place = _past(text, "{", 0)
    while place is not None:
        try:
            name, place = _decoder.raw_decode(text, _blank(text, place))
            colon = _past(text, ":", place)
            if not isinstance(name, str) or colon is None:
                break
            value, place = _decoder.raw_decode(text, _blank(text, colon))
            _require_sound(text, value)
        except NotUtf8:
            raise
        except UNREADABLE:
            break
        members.setdefault(name, value)
        place = _past(text, ",", place)
    return members


def _require_sound(text: str, value: object) -> None:
    if text.count("[") + text.count("{") > DEEPEST and _depth(value) > DEEPEST:
        raise ValueError("nested too deeply")
    if SURROGATE.search(text):
        try:
            json.dumps(value, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            raise NotUtf8 from None


def _depth(value: object) -> int:
    depth, level = 0, [value]
    while level := [value for value in level if isinstance(value, (dict, list))]:
        depth += 1
        level = [inner for value in level for inner in (value.values() if isinstance(value, dict) else value)]
    return depth


def _past(text: str, sign: str, place: int) -> int | None:
    place = _blank(text, place)
    return place + 1 if text.startswith(sign, place) else None


def _blank(text: str, place: int) -> int:
    found = BLANK.match(text, place)
    return found.end() if found else place


def _number(digits: str) -> float:
    number = float(digits)
    if not isfinite(number):
        raise ValueError("a number beyond all bounds")
    return number


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")


def _first_counts(members: list[tuple[str, object]]) -> Json:
    """Of several members of one name, as in forms."""
    named: Json = dict(members)
    if len(named) < len(members):
        named = dict(reversed(members))
    return named


_decoder = json.JSONDecoder(parse_float=_number, parse_constant=_refuse, object_pairs_hook=_first_counts)
