"""What a process knows of itself without asking anybody: whether it is open, and when it last heard of Telegram."""

from collections.abc import Callable
from time import monotonic


class Pulse:
    """Written by whoever receives, read by whoever asks after the bot's health.

    `polls`: Telegram owes this process an answer every half a minute. A webhook is called when somebody writes, and an
    empty night is no trouble.
    """

    def __init__(self, polls: bool, clock: Callable[[], float] = monotonic) -> None:
        self._polls = polls
        self._clock = clock
        self._heard_at: float | None = None
        self._content_at = clock()
        self._in_touch = self._opened = self._drains = False

    def heard(self) -> None:
        """Telegram answered a poll, took the address of the webhook, or called it."""
        self._heard_at = self._content_at = self._clock()
        self._in_touch = True

    def stands_by(self) -> None:
        """Another process of the clinic polls at this moment; this one works, and goes on where that one ends."""
        self._content_at = self._clock()
        self._in_touch = True

    def open(self) -> None:
        """The counter has its seat, and works."""
        self._opened = True

    def draining(self) -> None:
        """What is at work is finished, and nothing more is taken."""
        self._drains = True

    @property
    def state(self) -> str:
        """`starting`, `ready` or `draining`."""
        if self._drains:
            return "draining"
        return "ready" if self._opened and self._in_touch else "starting"

    @property
    def ready(self) -> bool:
        """Whether this process may be sent people."""
        return self.state == "ready"

    @property
    def heard_seconds_ago(self) -> float | None:
        """None where nothing was heard yet."""
        return None if self._heard_at is None else self._clock() - self._heard_at

    @property
    def owed_seconds(self) -> float:
        """How long Telegram has owed this process an answer; nothing where it owes none."""
        return self._clock() - self._content_at if self._polls else 0.0
