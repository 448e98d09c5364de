"""Log-in attempts slow down as they fail: waits that grow, never a lock that others could trigger."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

FORGET_AFTER: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Slowdown:
    """The first `free` failures cost nothing; then waits double from `first` up to `at_most`."""

    free: int
    first: timedelta
    at_most: timedelta

    def after(self, failures: int) -> timedelta:
        """How long the next attempt has to wait after so many failures in a row."""
        if failures <= self.free:
            return timedelta(0)
        doublings = min(failures - self.free - 1, 20)
        return min(self.at_most, self.first * (1 << doublings))


CHAT_SLOWDOWN: Final = Slowdown(free=2, first=timedelta(seconds=15), at_most=timedelta(minutes=15))
LOGIN_SLOWDOWN: Final = Slowdown(free=9, first=timedelta(seconds=15), at_most=timedelta(minutes=5))

SIGN_UP_SLOWDOWN: Final = Slowdown(free=20, first=timedelta(minutes=1), at_most=timedelta(hours=1))


@dataclass(eq=False)
class Attempts:
    """Failures in a row of one subject: a chat, or a login that many chats try."""

    subject: str
    failures: int
    retry_at: datetime

    def wait(self, now: datetime) -> timedelta:
        return max(self.retry_at - now, timedelta(0))

    def count(self, now: datetime, slowdown: Slowdown) -> None:
        """Count an attempt as failed until it is known to be right: parallel guesses gain nothing."""
        if now > self.retry_at + FORGET_AFTER:
            self.failures = 0
        self.failures += 1
        self.retry_at = now + slowdown.after(self.failures)
