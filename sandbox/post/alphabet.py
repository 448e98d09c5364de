"""How an SMS is counted: the alphabet of the networks, and the sizes of what travels at once."""

from collections.abc import Iterable
from enum import StrEnum

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
ESCAPED = frozenset("^{}\\[~]|€\f")


class Encoding(StrEnum):
    GSM_7 = "GSM-7"
    UCS_2 = "UCS-2"


ALONE = {Encoding.GSM_7: 160, Encoding.UCS_2: 70}
JOINED = {Encoding.GSM_7: 153, Encoding.UCS_2: 67}


def in_gsm_7(text: str) -> str:
    """What a gateway makes of a text that it was told to send in seven bits."""
    return "".join(letter if letter in BASIC or letter in ESCAPED else "?" for letter in text)


def segments(text: str, encoding: Encoding) -> int:
    """How many messages the network bills; a letter of two units is never torn apart."""
    sizes = [_units(letter, encoding) for letter in text]
    if sum(sizes) <= ALONE[encoding]:
        return 1
    return _packed(sizes, JOINED[encoding])


def _units(letter: str, encoding: Encoding) -> int:
    if encoding is Encoding.GSM_7:
        return 2 if letter in ESCAPED else 1
    return 2 if ord(letter) > 0xFFFF else 1


def _packed(sizes: Iterable[int], room: int) -> int:
    full, used = 1, 0
    for size in sizes:
        if used + size > room:
            full, used = full + 1, 0
        used += size
    return full
