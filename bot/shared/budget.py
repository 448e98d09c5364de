"""How much one replica may let leave by itself: a rule without a clock and without waiting."""

from collections import deque
from typing import Final

MOST_A_SECOND: Final = 30
# Telegram's second, with a hair to spare: on the way, one request is faster than the other.
SECOND: Final = 1.03
CHAT_SECONDS: Final = 1.0
GROUP_SECONDS: Final = 3.0


def rest_of(chat_id: int) -> float:
    """How long a chat is left in peace after an alert, in seconds; a group hears 20 a minute."""
    return GROUP_SECONDS if chat_id < 0 else CHAT_SECONDS


class Budget:
    """Alerts leave evenly in what answers leave over, and one a second under any flood of answers.

    All moments are seconds of one monotonic clock.
    """

    def __init__(self) -> None:
        self._most = MOST_A_SECOND
        self._answers: deque[float] = deque()
        self._alerts: deque[float] = deque()
        self._last_place = float("-inf")

    def share(self, replicas: int) -> None:
        """Divide by the living replicas: whole messages, so that the sum never exceeds what Telegram allows."""
        self._most = max(1, MOST_A_SECOND // max(1, replicas))

    def answer_left(self, now: float) -> None:
        self._answers.append(now)
        self._forget(now)

    def alert_left(self, now: float, place: float) -> None:
        """`place` is when it should have left: lateness of one does not delay the next."""
        self._alerts.append(now)
        self._last_place = place
        self._forget(now)

    def opens(self, now: float) -> float:
        """When the next alert may leave: an even gap after the last one, and never more than the share in a second."""
        self._forget(now)
        gone = sorted([*self._answers, *self._alerts])
        opens = self._last_place + SECOND / max(1, self._most - len(self._answers))
        if len(gone) >= self._most:
            opens = max(opens, min(gone[-self._most], self._last_place) + SECOND)
        return opens

    def evenly(self, place: float) -> float:
        """A place that somebody else gave, kept apart from our own last one: a ledger may have lost its memory."""
        return max(place, self._last_place + SECOND / MOST_A_SECOND)

    def _forget(self, now: float) -> None:
        for moments in (self._answers, self._alerts):
            while moments and moments[0] <= now - SECOND:
                moments.popleft()
