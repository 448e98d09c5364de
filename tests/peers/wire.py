"""A wire with a length: what is said at one end is heard at the other a while later."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Final, TypeAlias

HOST: Final = "127.0.0.1"
CHUNK_BYTES: Final = 2**16

End: TypeAlias = tuple[asyncio.StreamReader, asyncio.StreamWriter]
Underway: TypeAlias = asyncio.Queue[tuple[float, bytes]]


@asynccontextmanager
async def long_wire(port: int, seconds: float) -> AsyncIterator[int]:
    """A port that leads to the other one, so many seconds away in each direction."""
    carriers: set[asyncio.Task[None]] = set()

    async def carry(near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        own_task = asyncio.current_task()
        assert own_task is not None
        carriers.add(own_task)
        with suppress(OSError):
            await _carry((near, back), await asyncio.open_connection(HOST, port), seconds)

    server = await asyncio.start_server(carry, HOST, 0)
    async with server:
        yield server.sockets[0].getsockname()[1]
        for carrier in carriers:
            carrier.cancel()
        await asyncio.gather(*carriers, return_exceptions=True)


async def _carry(near: End, far: End, seconds: float) -> None:
    """Until either end hangs up."""
    try:
        async with asyncio.TaskGroup() as tasks:
            for heard, told in ((near[0], far[1]), (far[0], near[1])):
                underway: Underway = asyncio.Queue()
                tasks.create_task(_listen(heard, underway, seconds))
                tasks.create_task(_tell(told, underway))
    except* OSError:
        pass
    finally:
        for _, told in (near, far):
            told.close()
            with suppress(OSError):
                await told.wait_closed()


async def _listen(heard: asyncio.StreamReader, underway: Underway, seconds: float) -> None:
    loop = asyncio.get_running_loop()
    while True:
        chunk = await heard.read(CHUNK_BYTES)
        underway.put_nowait((loop.time() + seconds, chunk))
        if not chunk:
            return


async def _tell(told: asyncio.StreamWriter, underway: Underway) -> None:
    """Until either end hangs up, which reaches the other as late as its last word."""
    loop = asyncio.get_running_loop()
    while True:
        due, chunk = await underway.get()
        await asyncio.sleep(due - loop.time())
        if not chunk:
            raise ConnectionResetError
        told.write(chunk)
        await told.drain()
