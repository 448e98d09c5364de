"""The sandbox as a web application, and as a running server that another program can own."""

from aiohttp import web

from sandbox.bodies import LARGEST_BODY_BYTES
from sandbox.page_files import page_routes
from sandbox.sim import sim_routes
from sandbox.sim.clock_socket import ClockSocket
from sandbox.transport import BotApi, not_found
from sandbox.world import World

GOODBYE_SECONDS = 1.0


def build_app(world: World | None = None) -> web.Application:
    world = world or World()
    app = web.Application(client_max_size=LARGEST_BODY_BYTES)
    clock_socket = ClockSocket(world.clock)

    async def let_go(app: web.Application) -> None:
        world.close()
        await clock_socket.close()

    app.on_shutdown.append(let_go)
    api = BotApi(world)
    app.router.add_route("*", "/bot{token:[^/]+}/{method}", api.answer)
    app.router.add_route("*", "/bot{rest:.*}", not_found)
    app.add_routes([*sim_routes(world), *page_routes()])
    app.router.add_get("/sim/clock/listen", clock_socket.follow)
    return app


class Sandbox:
    """A running server; `url` has no slash at its end."""

    def __init__(self, runner: web.AppRunner, url: str, world: World) -> None:
        self._runner = runner
        self.url = url
        self.world = world

    async def close(self) -> None:
        await self._runner.cleanup()


async def serve(host: str = "127.0.0.1", port: int = 0, world: World | None = None) -> Sandbox:
    """Port 0 takes any free one."""
    world = world or World()
    runner = web.AppRunner(
        build_app(world),
        access_log=None,
        shutdown_timeout=GOODBYE_SECONDS,
        handler_cancellation=True,  # a bot that dies stops listening at once
    )
    await runner.setup()
    site = web.TCPSite(runner, host, port)
    await site.start()
    _, bound = runner.addresses[0][:2]
    return Sandbox(runner, f"http://{host}:{bound}", world)
