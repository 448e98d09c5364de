"""The web socket of those who follow the clock: told of each change, they say when they keep it."""

import contextlib
import json

from aiohttp import WSCloseCode, WSMsgType, web

from sandbox.clock import SandboxClock
from sandbox.wire import written


class SocketFollower:
    def __init__(self, socket: web.WebSocketResponse) -> None:
        self._socket = socket
        self.acknowledged = -1

    async def tell(self, offset: float, sequence: int) -> None:
        """A follower that has just hung up is no follower any more."""
        with contextlib.suppress(ConnectionError):
            await self._socket.send_str(written({"offset": offset, "sequence": sequence}).decode())

    async def hang_up(self) -> None:
        await self._socket.close(code=WSCloseCode.GOING_AWAY)


class ClockSocket:
    def __init__(self, clock: SandboxClock) -> None:
        self._clock = clock
        self._followers: set[SocketFollower] = set()

    async def follow(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(heartbeat=30.0)
        await socket.prepare(request)
        follower = SocketFollower(socket)
        self._followers.add(follower)
        try:
            await self._clock.follow(follower)
            async for frame in socket:
                if frame.type is WSMsgType.TEXT:
                    self._clock.acknowledge(follower, _sequence(frame.data))
        finally:
            self._followers.discard(follower)
            self._clock.leave(follower)
        return socket

    async def close(self) -> None:
        for follower in tuple(self._followers):
            await follower.hang_up()


def _sequence(frame: str) -> int:
    """Anything else a follower says acknowledges nothing."""
    try:
        value = json.loads(frame)
    except ValueError:
        return -1
    sequence = value.get("sequence") if isinstance(value, dict) else None
    return sequence if isinstance(sequence, int) else -1
