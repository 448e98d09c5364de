"""Everything the bots asked and what they were told, kept for a while."""

from collections import deque
from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import islice, takewhile
from typing import NamedTuple

from sandbox.calls.json_text import read_json
from sandbox.wire import Json

KEPT_CALLS = 20_000
NUMBERS = frozenset({"chat_id", "from_chat_id", "message_id", "message_thread_id", "offset", "limit", "timeout"})
PROSE = frozenset({"text", "caption"})
DROPPED = 0


class LoggedCall(NamedTuple):
    """`body` is the answer as it left; the status is 0 where the connection was dropped instead.

    There is no bot where the token was wrong.
    """

    seq: int
    at: float
    bot: int | None
    method: str
    params: Mapping[str, object]
    chat: int | None
    status: int
    body: bytes

    def as_json(self) -> Json:
        return {
            "seq": self.seq,
            "at": datetime.fromtimestamp(self.at, UTC).isoformat(),
            "bot": self.bot,
            "method": self.method,
            "params": {name: _readable(name, value) for name, value in self.params.items()},
            "status": self.status,
            "response": _decoded(self.body),
        }


class CallLog:
    def __init__(self) -> None:
        self._calls: deque[LoggedCall] = deque(maxlen=KEPT_CALLS)
        self._last = 0

    def add(
        self,
        *,
        at: float,
        bot: int | None,
        method: str,
        params: Mapping[str, object],
        chat: int | None,
        status: int,
        body: bytes,
    ) -> None:
        self._last += 1
        self._calls.append(LoggedCall(self._last, at, bot, method, params, chat, status, body))

    def calls(
        self,
        *,
        after: int = 0,
        method: str = "",
        chat: int | None = None,
        bot: int | None = None,
        limit: int | None = None,
    ) -> list[LoggedCall]:
        """The oldest first; with a limit only the newest of them."""
        named = method.lower()
        newest_first = (
            call
            for call in takewhile(lambda call: call.seq > after, reversed(self._calls))
            if (not named or call.method.lower() == named) and chat in (None, call.chat) and bot in (None, call.bot)
        )
        return list(islice(newest_first, limit))[::-1]

    def clear(self) -> None:
        """Forget the calls; the numbering goes on, so that `after` stays true."""
        self._calls.clear()


def _readable(name: str, value: object) -> object:
    """The same for a form and for a JSON body, whichever the client prefers."""
    if not isinstance(value, str) or name in PROSE:
        return value
    if name in NUMBERS and value.removeprefix("-").isdecimal():
        return int(value)
    return _decoded(value.encode(errors="replace")) if value[:1] in ("{", "[") else value


def _decoded(body: bytes) -> object:
    if not body:
        return None
    text = body.decode(errors="replace")
    try:
        return read_json(text)
    except ValueError:
        return text
