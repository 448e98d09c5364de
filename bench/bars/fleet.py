"""Several replicas of a bot behind one address."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from http import HTTPStatus
from typing import Final, TypeAlias

import aiohttp
from pydantic import SecretStr

from bench.bars import naive_webhook
from bench.bars.front import HOST, front
from bench.bars.lives import life, serve
from bench.servers import free_port
from tests.e2e.bot_process import BotProcess
from tests.stage.stage import Stage, settings_for

REPLICAS: Final = 3
SECRET: Final = "S3cret-of-the-bench"
PATH: Final = "/telegram"
READY_SECONDS: Final = 60

Begin: TypeAlias = Callable[[int], AbstractAsyncContextManager[BotProcess]]


class Fleet:
    """Replicas at their places; each can be killed, or asked to go, and is followed by another."""

    def __init__(self, begin: Begin) -> None:
        self._begin = begin
        self._places: dict[int, AsyncExitStack] = {}
        self._processes: dict[int, BotProcess] = {}

    async def begin(self, place: int) -> None:
        self._places[place] = AsyncExitStack()
        self._processes[place] = await self._places[place].enter_async_context(self._begin(place))

    async def kill(self, place: int) -> None:
        await self._places.pop(place).aclose()

    async def stop(self, place: int) -> float:
        """The seconds until it was gone of its own accord."""
        seconds = await self._processes[place].stops()
        await self.kill(place)
        return seconds

    async def close(self) -> None:
        for place in list(self._places):
            await self.kill(place)


@asynccontextmanager
async def fleet(begin: Begin) -> AsyncIterator[Fleet]:
    replicas = Fleet(begin)
    try:
        for place in range(REPLICAS):
            await replicas.begin(place)
        yield replicas
    finally:
        await replicas.close()


@asynccontextmanager
async def our_fleet(stage: Stage) -> AsyncIterator[Fleet]:
    ports = [free_port() for _ in range(REPLICAS)]

    @asynccontextmanager
    async def begin(place: int) -> AsyncIterator[BotProcess]:
        listen = f"{HOST}:{ports[place]}"
        called = {"listen": listen, "webhook_url": f"{address}{PATH}", "webhook_secret": SecretStr(SECRET)}
        settings = settings_for(stage.database_url, stage.addresses).model_copy(update=called)
        async with life(serve, settings) as process:
            await _is_ready(f"http://{listen}/readyz")
            yield process

    async with front(ports) as address, fleet(begin) as replicas:
        yield replicas


@asynccontextmanager
async def naive_fleet(stage: Stage) -> AsyncIterator[Fleet]:
    ports = [free_port() for _ in range(REPLICAS)]

    @asynccontextmanager
    async def begin(place: int) -> AsyncIterator[BotProcess]:
        async with life(naive_webhook.live, stage.telegram.url, PATH, ports[place]) as process:
            await _is_ready(f"http://{HOST}:{ports[place]}/ready")
            yield process

    async with front(ports) as address:
        await stage.as_bot("setWebhook", url=f"{address}{PATH}")
        async with fleet(begin) as replicas:
            yield replicas


async def _is_ready(url: str) -> None:
    """Wait until whoever listens there says that it may be called."""
    async with asyncio.timeout(READY_SECONDS), aiohttp.ClientSession() as http:
        while not await _is_well(http, url):  # noqa: ASYNC110 - another process
            await asyncio.sleep(0.02)


async def _is_well(http: aiohttp.ClientSession, url: str) -> bool:
    try:
        async with http.get(url) as response:
            return response.status == HTTPStatus.OK
    except aiohttp.ClientError:
        return False
