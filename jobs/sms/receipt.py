"""Reads delivery receipts. They differ from network to network, so everything that is not needed is skipped unread."""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

RECEIPT: Final = 0b00000100
KIND: Final = 0b00111100
UCS2: Final = 8

RECEIPTED_MESSAGE_ID: Final = 0x001E
MESSAGE_PAYLOAD: Final = 0x0424
MESSAGE_STATE: Final = 0x0427

# Final states by number and by name; any other means that the message is still on its way.
_BY_NUMBER: Final = MappingProxyType({2: True, 3: False, 4: False, 5: False, 7: False, 8: False})
_BY_NAME: Final = MappingProxyType(
    {"DELIVRD": True, "EXPIRED": False, "DELETED": False, "UNDELIV": False, "UNKNOWN": False, "REJECTD": False}
)
_ID: Final = re.compile(r"\bid:(\S+)", re.IGNORECASE)
_STATE: Final = re.compile(r"\bstat:(\w+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Receipt:
    message_id: str
    delivered: bool


def read_receipt(body: bytes) -> Receipt | None:
    """What the body of a deliver_sm says about a message's end; None for anything else, unreadable ones included."""
    try:
        return _read(body)
    except (struct.error, ValueError, IndexError):
        return None


def _read(body: bytes) -> Receipt | None:
    place = _after_text(body, 0)
    place = _after_text(body, place + 2)
    place = _after_text(body, place + 2)
    kind = body[place : place + 1]
    place = _after_text(body, place + 3)
    place = _after_text(body, place)
    coding, length = struct.unpack_from("!xxBxB", body, place)
    place += 5
    message = body[place : place + length]
    optional = dict(_optional(body, place + length))
    if kind[0] & KIND != RECEIPT and RECEIPTED_MESSAGE_ID not in optional:
        return None
    octets = message or optional.get(MESSAGE_PAYLOAD, b"")
    text = octets.decode("utf-16-be" if coding == UCS2 else "latin-1", "replace")
    message_id = optional.get(RECEIPTED_MESSAGE_ID, b"").rstrip(b"\0").decode("latin-1") or _found(_ID, text)
    state = optional.get(MESSAGE_STATE)
    delivered = _BY_NUMBER.get(state[0]) if state else _BY_NAME.get(_found(_STATE, text).upper())
    return None if delivered is None or not message_id else Receipt(message_id, delivered)


def _after_text(body: bytes, place: int) -> int:
    """Where what follows the text that begins here begins; ValueError where it has no end."""
    return body.index(b"\0", place) + 1


def _optional(body: bytes, place: int) -> Iterator[tuple[int, bytes]]:
    while place < len(body):
        tag, length = struct.unpack_from("!HH", body, place)
        yield tag, body[place + 4 : place + 4 + length]
        place += 4 + length


def _found(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match[1] if match else ""
