"""The flood limits: how many messages a bot may send in all, to a person and to a group. Off until switched on."""

from collections import deque
from dataclasses import dataclass
from math import ceil
from typing import Final, Protocol

from sandbox.refusals import TooManyRequests
from sandbox.wire import Json

MINUTE_SECONDS: Final = 60.0
TOLERATED_MESSAGES: Final = 1e-3
TOLERATED_SECONDS: Final = 1e-5
ROUNDED_SECONDS: Final = 1e-6
COUNTED: Final = ("send", "copy", "forward", "editmessage")
FREE: Final = "sendchataction"
SEVERAL: Final = {"sendmediagroup": "media", "copymessages": "message_ids", "forwardmessages": "message_ids"}


@dataclass(frozen=True, slots=True)
class FloodRates:
    """Telegram's guidance. Strict ones hold in any second and in any minute; the others let a first burst pass."""

    per_second: float = 30
    per_chat_second: float = 1
    burst: float = 5
    per_group_minute: float = 20
    strict: bool = False


def counts(method: str) -> bool:
    """Whether a method, in lower case, makes or changes a message."""
    return method.startswith(COUNTED) and method != FREE


class Limit(Protocol):
    def wait(self, now: float, messages: int) -> float:
        """The seconds until so many may pass."""

    def take(self, now: float, messages: int) -> None: ...


class Bucket:
    """Tokens drip in at a rate, up to a brim. More messages than it can hold pass when it is full, on credit."""

    __slots__ = ("_brim", "_filled_at", "_per_second", "_tokens")

    def __init__(self, per_second: float, brim: float) -> None:
        self._per_second = per_second
        self._brim = max(brim, 1.0)
        self._tokens = self._brim
        self._filled_at = 0.0

    def wait(self, now: float, messages: int) -> float:
        """A clock that was set back drips nothing, and takes nothing away."""
        self._tokens = min(self._brim, self._tokens + max(0.0, now - self._filled_at) * self._per_second)
        self._filled_at = now
        missing = min(messages, self._brim) - self._tokens
        return missing / self._per_second if missing > TOLERATED_MESSAGES else 0.0

    def take(self, now: float, messages: int) -> None:
        self._tokens -= messages


class Window:
    """Never more than so many within so many seconds, wherever these begin."""

    __slots__ = ("_at_most", "_passed", "_seconds")

    def __init__(self, at_most: float, seconds: float) -> None:
        self._at_most = max(int(at_most), 1)
        self._seconds = seconds
        self._passed: deque[float] = deque()

    def wait(self, now: float, messages: int) -> float:
        """A clock that was set back makes what lies ahead of it happen now."""
        passed = self._passed
        if passed and passed[-1] > now:
            self._passed = passed = deque(min(moment, now) for moment in passed)
        while passed and passed[0] + self._seconds <= now + TOLERATED_SECONDS:
            passed.popleft()
        too_many = len(passed) + min(messages, self._at_most) - self._at_most
        return passed[too_many - 1] + self._seconds - now if too_many > 0 else 0.0

    def take(self, now: float, messages: int) -> None:
        self._passed.extend([now] * messages)


class FloodControl:
    def __init__(self, rates: FloodRates | None = None) -> None:
        self.on = rates is not None
        self.rates = rates or FloodRates()
        self.refused = 0
        self._limits: dict[tuple[int, int], Limit] = {}

    def switch(self, *, on: bool, rates: FloodRates) -> None:
        """Whatever was counted is forgotten."""
        self.on, self.rates = on, rates
        self._limits.clear()

    def reset(self) -> None:
        self.switch(on=False, rates=FloodRates())
        self.refused = 0

    def require_room(self, bot: int, chat: int, messages: int, now: float) -> None:
        """Refuses with the seconds after which the same call will pass, rounded up."""
        wait = max(limit.wait(now, messages) for limit in self._concerned(bot, chat))
        if wait > 0:
            self.refused += 1
            raise TooManyRequests(max(1, ceil(wait - ROUNDED_SECONDS)))

    def count(self, bot: int, chat: int, messages: int, now: float) -> None:
        for limit in self._concerned(bot, chat):
            limit.take(now, messages)

    def as_json(self) -> Json:
        rates = self.rates
        return {
            "on": self.on,
            "strict": rates.strict,
            "per_second": rates.per_second,
            "per_chat_second": rates.per_chat_second,
            "burst": rates.burst,
            "per_group_minute": rates.per_group_minute,
            "refused": self.refused,
        }

    def _concerned(self, bot: int, chat: int) -> tuple[Limit, Limit]:
        return self._limit(bot, 0), self._limit(bot, chat)

    def _limit(self, bot: int, chat: int) -> Limit:
        limit = self._limits.get((bot, chat))
        if limit is None:
            limit = self._limits[bot, chat] = self._made(chat)
        return limit

    def _made(self, chat: int) -> Limit:
        """The limit of all chats is that of chat 0; groups have negative numbers."""
        rates = self.rates
        if chat > 0:
            return Bucket(rates.per_chat_second, rates.burst)
        at_most, seconds = (rates.per_second, 1.0) if chat == 0 else (rates.per_group_minute, MINUTE_SECONDS)
        return Window(at_most, seconds) if rates.strict else Bucket(at_most / seconds, at_most)
