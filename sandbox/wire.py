"""What travels: JSON as Python holds it, and JSON that is already written."""

import json
from dataclasses import dataclass
from typing import TypeAlias

Json: TypeAlias = dict[str, object]

_encoder = json.JSONEncoder(separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Written:
    """A value encoded once, when it was made: it can neither change afterwards nor cost a second encoding."""

    body: bytes


@dataclass(frozen=True, slots=True)
class Described:
    """A result to which Telegram adds a sentence about what was done."""

    result: object
    description: str


def written(value: object) -> bytes:
    """Compact JSON in ASCII, as Telegram answers."""
    if isinstance(value, Written):
        return value.body
    return _encoder.encode(value).encode("ascii")
