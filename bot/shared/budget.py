"""How much one replica may let leave by itself: a rule without a clock and without waiting."""

from collections import deque
from typing import Final

from core.alerts.pace import HANDFUL

MOST_A_SECOND: Final = 30
# Telegram's second, with a hair to spare: on the way, one request is faster than the other.
SECOND: Final = 1.03
HANDFULS: Final = MOST_A_SECOND // HANDFUL
# So late may an alert leave and still count as its handful's first: what SECOND has to spare makes up for it.
HAIR_SECONDS: Final = 0.015
CHAT_SECONDS: Final = 1.0
GROUP_SECONDS: Final = 3.0


def rest_of(chat_id: int) -> float:
    """How long a chat is left in peace after an alert, in seconds; a group hears 20 a minute."""
    return GROUP_SECONDS if chat_id < 0 else CHAT_SECONDS


def handful_of(most: int) -> int:
    """How many alerts leave together where so many messages may leave in a second."""
    return max(1, most // HANDFULS)


class Budget:
    """Alerts leave in handfuls, evenly in what answers leave over, and one a second under any flood of answers.

    All moments are seconds of one monotonic clock.
    """

    def __init__(self) -> None:
        self._most = MOST_A_SECOND
        self._answers: deque[float] = deque()
        self._alerts: deque[float] = deque()
        self._opened = self._last_place = float("-inf")
        self._taken = 0

    def share(self, replicas: int) -> None:
        """Divide by the living replicas: whole messages, so that the sum never exceeds what Telegram allows."""
        self._most = max(1, MOST_A_SECOND // max(1, replicas))

    def answer_left(self, now: float) -> None:
        self._answers.append(now)
        self._forget(now)

    def alert_left(self, now: float, place: float) -> None:
        """`place` is when it should have left: lateness of one does not delay the next."""
        self._forget(now)
        if self._joins(place):
            self._taken += 1
        else:
            self._opened, self._taken = place, 1
        self._last_place = place
        self._alerts.append(self._opened if now - self._opened < HAIR_SECONDS else now)

    def opens(self, now: float) -> float:
        """When the next alert may leave: with its handful, or with the next one; never more than the share in a second.

        It may be past by now.
        """
        self._forget(now)
        gone = sorted([*self._answers, *self._alerts])
        opens = self._opened if self._joins(now) else self._next_opens()
        if len(gone) >= self._most:
            opens = max(opens, min(gone[-self._most], self._last_place) + SECOND)
        return opens

    def kept_apart(self, place: float) -> float:
        """A place that somebody else gave, if it is free by our own account: a ledger may have lost its memory."""
        handful = handful_of(MOST_A_SECOND)
        following = self._opened + handful * SECOND / MOST_A_SECOND
        return place if self._taken < handful and place < following else max(place, following)

    def _joins(self, moment: float) -> bool:
        """Whether it still belongs to the handful that leaves now."""
        return self._taken < handful_of(self._most) and moment < self._next_opens()

    def _next_opens(self) -> float:
        """When the next handful may leave."""
        return self._opened + handful_of(self._most) * SECOND / max(1, self._most - len(self._answers))

    def _forget(self, now: float) -> None:
        for moments in (self._answers, self._alerts):
            while moments and moments[0] <= now - SECOND:
                moments.popleft()
