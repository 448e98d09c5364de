"""The product's small web app: what comes to the clinic from outside Telegram."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from typing import Final

from aiohttp import web

from core.errors import DatabaseLost

MOST_BYTES: Final = 64 * 1024
FAREWELL_SECONDS: Final = 2.0
# Kannel's numbers, and the words that other gateways use; anything else says that the message is on its way.
DELIVERED: Final = frozenset({"1", "delivered", "delivrd"})
NOT_DELIVERED: Final = frozenset(
    {"2", "16", "undelivered", "undeliv", "undeliverable", "failed", "rejected", "rejectd", "expired", "deleted"}
)


class PlaceTaken(ValueError):
    """Nobody can listen there: a sentence for whoever runs the clinic."""

    def __init__(self, listen: str, trouble: OSError) -> None:
        super().__init__(f"LISTEN: {listen} cannot be listened at ({trouble.strerror}). Each process needs its own.")


@asynccontextmanager
async def open_web(listen: str, routes: Iterable[web.RouteDef]) -> AsyncIterator[str]:
    """Serve these routes on `host:port` until the block ends; gives the address. Port 0 is any free one.

    No access log: addresses hold keys. Who is still talking at the end has FAREWELL_SECONDS. Raises PlaceTaken.
    """
    host, _, port = listen.rpartition(":")
    app = web.Application(client_max_size=MOST_BYTES)
    app.add_routes(list(routes))
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=FAREWELL_SECONDS)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host.strip("[]"), int(port)).start()
        except OSError as trouble:
            raise PlaceTaken(listen, trouble) from None
        yield f"http://{host}:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


def receipt_routes(
    path: str, opens: Callable[[str, str], bool], on_receipt: Callable[[str, bool], Awaitable[None]]
) -> list[web.RouteDef]:
    """Where SMS gateways say what became of a message: `path/reference/key?status=1`, by GET or POST.

    A wrong key reads like a page that is not there. 503 asks the gateway to come again.
    """

    async def answer(request: web.Request) -> web.Response:
        reference = request.match_info["reference"]
        if not opens(reference, request.match_info["key"]):
            raise web.HTTPNotFound
        status = str((request.query or await request.post()).get("status", "")).lower()
        try:
            if status in DELIVERED or status in NOT_DELIVERED:
                await on_receipt(reference, status in DELIVERED)
        except DatabaseLost:
            raise web.HTTPServiceUnavailable from None
        return web.Response()

    place = f"{path}/{{reference}}/{{key}}"
    return [web.get(place, answer, allow_head=False), web.post(place, answer)]
