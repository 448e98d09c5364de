"""The sandbox as a web application, and as a running server that another program can own."""

from aiohttp import web

from sandbox.calls.bodies import LARGEST_BODY_BYTES
from sandbox.calls.flood import FloodRates
from sandbox.page_files import page_routes
from sandbox.post.sms_gateway import SmsGateway, sms_address
from sandbox.post.smtp_server import SmtpServer, serve_smtp
from sandbox.server.transport import BotApi, not_found
from sandbox.sim import post_routes, sim_routes
from sandbox.sim.clock_socket import ClockSocket
from sandbox.world import World

GOODBYE_SECONDS = 1.0
LONGEST_HEADER_BYTES = 2**18


def build_app(world: World | None = None) -> web.Application:
    world = world or World()
    app = web.Application(client_max_size=LARGEST_BODY_BYTES)
    clock_socket = ClockSocket(world.clock)
    sms_gateway = SmsGateway(world.post, world.clock)

    async def let_go(app: web.Application) -> None:
        await world.close()
        await clock_socket.close()
        await sms_gateway.receipts.close()

    app.on_shutdown.append(let_go)
    api = BotApi(world)
    app.router.add_route("*", "/bot{token:[^/]+}/{method:.*}", api.answer)
    app.router.add_get("/file/bot{token:[^/]+}/{path:.+}", api.file)
    app.router.add_route("*", "/file/bot{rest:.*}", not_found)
    app.router.add_route("*", "/bot{rest:.*}", not_found)
    app.add_routes([*sim_routes(world), *post_routes(world, sms_gateway), *sms_gateway.routes(), *page_routes()])
    app.router.add_get("/sim/clock/listen", clock_socket.follow)
    return app


class Sandbox:
    """A running server; `url` has no slash at its end. The other two are what a bot's settings take."""

    def __init__(self, runner: web.AppRunner, url: str, smtp: SmtpServer, world: World) -> None:
        self._runner = runner
        self._smtp = smtp
        self.url = url
        self.smtp_url = smtp.url
        self.sms_url = sms_address(url)
        self.world = world

    async def close(self) -> None:
        await self._smtp.close()
        await self._runner.cleanup()


async def serve(
    host: str = "127.0.0.1",
    port: int = 0,
    world: World | None = None,
    *,
    smtp_port: int = 0,
    flood: FloodRates | None = None,
) -> Sandbox:
    """Port 0 takes any free one; with rates the flood limits are on."""
    world = world or World()
    if flood is not None:
        world.flood.switch(on=True, rates=flood)
    runner = web.AppRunner(
        build_app(world),
        access_log=None,
        shutdown_timeout=GOODBYE_SECONDS,
        handler_cancellation=True,  # a bot that dies stops listening at once
        max_line_size=LONGEST_HEADER_BYTES,
        max_field_size=LONGEST_HEADER_BYTES,
    )
    await runner.setup()
    site = web.TCPSite(runner, host, port)
    try:
        await site.start()
        smtp = await serve_smtp(world.post, host, smtp_port)
    except OSError:
        await runner.cleanup()
        raise
    _, bound = runner.addresses[0][:2]
    return Sandbox(runner, f"http://{host}:{bound}", smtp, world)
