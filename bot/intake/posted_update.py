"""One update as Telegram posts it: bytes that every reader would read the same, or no update at all."""

import json
from math import isfinite
from typing import Any, Final

DEEPEST: Final = 64
LARGEST_ID: Final = 2**63 - 1


class NoUpdate(ValueError):
    """Something else than an update was posted; what it says is nobody's business."""


def read_update(body: bytes) -> dict[str, Any]:
    """The update; raises NoUpdate, also for a key that stands twice and for a number that is none."""
    try:
        update = json.loads(body.decode(), object_pairs_hook=_unambiguous, parse_constant=_finite, parse_float=_finite)
    except (ValueError, RecursionError):
        raise NoUpdate from None
    if not isinstance(update, dict) or not _is_id(update.get("update_id")):
        raise NoUpdate
    _require_shallow(update)
    return update


def _unambiguous(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NoUpdate
    return found


def _finite(words: str) -> float:
    number = float(words)
    if not isfinite(number):
        raise NoUpdate
    return number


def _is_id(number: object) -> bool:
    return isinstance(number, int) and not isinstance(number, bool) and 0 <= number <= LARGEST_ID


def _require_shallow(update: dict[str, Any]) -> None:
    """Whoever walks through an update goes down by calls, and has only so many."""
    level: list[Any] = [update]
    for _ in range(DEEPEST):
        level = [inner for outer in level for inner in _within(outer)]
        if not level:
            return
    raise NoUpdate


def _within(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []
