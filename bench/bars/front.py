"""What stands before several replicas: a small proxy that hands each call to the next of them that answers."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from itertools import cycle
from typing import Final

import aiohttp
from aiohttp import web

HOST: Final = "127.0.0.1"
PASSED_ON: Final = ("Content-Type", "X-Telegram-Bot-Api-Secret-Token")
CALL_SECONDS: Final = 30


class Front:
    """Passes a call on once: whether a replica that broke off had stored it, only Telegram's next try will show."""

    def __init__(self, http: aiohttp.ClientSession, ports: Sequence[int]) -> None:
        self._http = http
        self._count = len(ports)
        self._next = cycle(ports)

    async def answer(self, request: web.Request) -> web.Response:
        body, headers = await request.read(), {name: request.headers.get(name, "") for name in PASSED_ON}
        for _ in range(self._count):
            url = f"http://{HOST}:{next(self._next)}{request.path}"
            try:
                async with self._http.post(url, data=body, headers=headers) as response:
                    return web.Response(status=response.status, body=await response.read())
            except aiohttp.ClientConnectorError:
                continue
            except (aiohttp.ClientError, TimeoutError):
                break
        raise web.HTTPBadGateway


@asynccontextmanager
async def front(ports: Sequence[int]) -> AsyncIterator[str]:
    """The address behind which the replicas stand; each listens on a port of its own."""
    patience = aiohttp.ClientTimeout(total=CALL_SECONDS)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0), timeout=patience) as http:
        app = web.Application()
        app.router.add_post("/{path:.*}", Front(http, ports).answer)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        try:
            await web.TCPSite(runner, HOST, 0).start()
            yield f"http://{HOST}:{runner.addresses[0][1]}"
        finally:
            await runner.cleanup()
