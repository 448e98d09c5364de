"""Where all replicas of the bot write down what leaves: a port, since there may be none, or none just now."""

from dataclasses import dataclass
from typing import Protocol, TypeAlias


@dataclass(frozen=True, slots=True)
class Place:
    """A place in time: the alert leaves in so many seconds."""

    wait: float


@dataclass(frozen=True, slots=True)
class ChatRests:
    """The chat has just heard from another replica; ask again in so many seconds."""

    wait: float


@dataclass(frozen=True, slots=True)
class EverybodyWaits:
    """Telegram has asked one of the replicas to wait; ask again in so many seconds."""

    wait: float


Verdict: TypeAlias = Place | ChatRests | EverybodyWaits


class Ledger(Protocol):
    """Never the truth: whoever gets no verdict goes by their own share."""

    async def place(self, chat_id: int) -> Verdict | None:
        """The next place for an alert to this chat; None where the ledger is lost."""
        ...

    async def answer(self) -> float:
        """Count an answer; or, where everybody has to wait, say for how many seconds, and count nothing."""
        ...


class NoLedger:
    """One replica, or replicas that share nothing but their number."""

    async def place(self, chat_id: int) -> Verdict | None:
        return None

    async def answer(self) -> float:
        return 0.0
