"""What each bot was told, and how far each update has come."""

import json
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from sandbox.wire import Json

KEPT_UPDATES = 20_000


@dataclass(slots=True, eq=False)
class Told:
    """One update. `lane` is the chat, within which the order is kept; 0 for what belongs to none.

    `deliveries` counts how often it went out; `confirmed` once the bot has said that it has it.
    """

    seq: int
    at: float
    bot: int
    update_id: int
    kind: str
    lane: int
    body: bytes
    deliveries: int = 0
    confirmed: bool = False

    def as_json(self) -> Json:
        return {
            "seq": self.seq,
            "at": datetime.fromtimestamp(self.at, UTC).isoformat(),
            "bot": self.bot,
            "update_id": self.update_id,
            "kind": self.kind,
            "chat": self.lane or None,
            "deliveries": self.deliveries,
            "confirmed": self.confirmed,
            "body": json.loads(self.body),
        }


class ToldLog:
    """The last updates of all bots, in the order in which they came about."""

    def __init__(self) -> None:
        self._told: deque[Told] = deque(maxlen=KEPT_UPDATES)
        self._last = 0

    def add(self, *, at: float, bot: int, update_id: int, kind: str, lane: int, body: bytes) -> Told:
        self._last += 1
        told = Told(self._last, at, bot, update_id, kind, lane, body)
        self._told.append(told)
        return told

    def updates(self, *, after: int = 0, bot: int | None = None, chat: int | None = None) -> Iterator[Told]:
        """Oldest first; `after` is the `seq` of the last one known already."""
        for told in self._told:
            if told.seq > after and bot in (None, told.bot) and chat in (None, told.lane):
                yield told

    def clear(self) -> None:
        """Forget the updates; the numbering goes on, so that `after` stays true."""
        self._told.clear()
