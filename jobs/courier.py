"""A courier carries one letter over one channel, once, and says how it ended."""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol

from core.alerts.questions import Letter
from locales.translator import Translator


class Delivery(Enum):
    """How a send ended. NOT_YET: it surely did not arrive, and may later. MAYBE: the line broke before the answer came.

    BLOCKED: the channel does not lead to the person. REFUSED: the carrier will never take this message.
    """

    SENT = auto()
    NOT_YET = auto()
    MAYBE = auto()
    BLOCKED = auto()
    REFUSED = auto()


@dataclass(frozen=True, slots=True)
class Carried:
    """`posted` are the carrier's own names for the message, one a part, where receipts will speak of them.

    `reason` is the number with which it was refused, where the carrier gave one; never its words.
    """

    delivery: Delivery
    posted: tuple[str, ...] = ()
    reason: str = ""


class Courier(Protocol):
    async def carry(self, letter: Letter, speech: Translator) -> Carried:
        """Word the letter in this language and send it, once. Never raises for trouble on the line."""
        ...
