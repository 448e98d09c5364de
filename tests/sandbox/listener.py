"""A bot's own server, to which its updates are posted: a real one, whose answers a test decides."""

import asyncio
import ssl
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

from aiohttp import web

from sandbox.bell import Bell
from sandbox.hearing.webhook import Patience
from tests.sandbox.hand import BORIS, Hand

PATIENCE_SECONDS = 20.0
HOST = "127.0.0.1"


class Received(NamedTuple):
    update: Any
    headers: dict[str, str]
    path: str

    @property
    def text(self) -> str:
        return str(self.update.get("message", {}).get("text", ""))

    @property
    def chat(self) -> int:
        return int(self.update["message"]["chat"]["id"]) if "message" in self.update else 0


class Listener:
    """`answers` are given in turn, then plain 200; a chat in `gates` is answered when its gate opens."""

    def __init__(self, trust: ssl.SSLContext | None = None) -> None:
        self._trust = trust
        self._runner: web.AppRunner | None = None
        self._bell = Bell()
        self.port = 0
        self.received: list[Received] = []
        self.answers: deque[Callable[[], web.Response]] = deque()
        self.gates: dict[int, asyncio.Event] = {}
        self.gate: asyncio.Event | None = None
        self.inside = 0
        self.most_inside = 0

    @property
    def url(self) -> str:
        return f"{'https' if self._trust else 'http'}://{HOST}:{self.port}/hook"

    @property
    def texts(self) -> list[str]:
        return [received.text for received in self.received if received.text]

    async def start(self) -> None:
        """Where it was before, if it was anywhere."""
        app = web.Application()
        app.router.add_post("/{path:.*}", self._hear)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, HOST, self.port, reuse_address=True, ssl_context=self._trust)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def answer(self, *statuses: int, **headers: str) -> None:
        """The next answers; `Retry_After` stands for the header of that name."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers.extend(partial(web.Response, status=status, headers=named) for status in statuses)

    async def until(self, condition: Callable[[], bool]) -> None:
        assert await self._bell.wait_until(condition, PATIENCE_SECONDS)

    async def until_heard(self, *texts: str) -> None:
        """All of these texts have come in, in whatever order."""
        await self.until(lambda: set(texts) <= set(self.texts))

    async def _hear(self, request: web.Request) -> web.Response:
        received = Received(await request.json(), dict(request.headers), request.path)
        self.inside += 1
        self.most_inside = max(self.most_inside, self.inside)
        self.received.append(received)
        self._bell.ring()
        try:
            for gate in (self.gate, self.gates.get(received.chat)):
                if gate is not None:
                    await gate.wait()
        finally:
            self.inside -= 1
        return self.answers.popleft()() if self.answers else web.Response()


@asynccontextmanager
async def listening(trust: ssl.SSLContext | None = None) -> AsyncIterator[Listener]:
    listener = Listener(trust)
    await listener.start()
    try:
        yield listener
    finally:
        await listener.stop()


@dataclass(frozen=True)
class Watched(Patience):
    """Waits for nothing, and remembers how many failures it was asked about."""

    delays: tuple[float, ...] = (0.0,)
    seconds: float = 10.0
    asked: list[int] = field(default_factory=list)

    def delay(self, failures: int) -> float:
        self.asked.append(failures)
        return super().delay(failures)


async def hook(hand: Hand, listener: Listener) -> None:
    """Anna and Boris are known to the bot, whose webhook is set and has heard of both."""
    await hand.result("getMe")
    await hand.start()
    await hand.start(BORIS)
    await hand.result("setWebhook", url=listener.url)
    await listener.until(lambda: len(listener.received) == 4)
    listener.received.clear()


async def failed_info(bot: Hand) -> Any:
    """What `getWebhookInfo` says once something went wrong."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while "last_error_message" not in (info := await bot.result("getWebhookInfo")):
            """Until the sandbox has noticed."""
    return info
