"""One address before several: each connection goes to the next of them, and its bytes both ways untouched."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from itertools import cycle
from typing import Final

HOST: Final = "127.0.0.1"
CHUNK_BYTES: Final = 65_536


@asynccontextmanager
async def round_robin(port: int, behind: Sequence[int]) -> AsyncIterator[None]:
    turns = cycle(behind)

    async def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            their_reader, their_writer = await asyncio.open_connection(HOST, next(turns))
        except OSError:
            writer.close()
            return
        await asyncio.gather(_pass_on(reader, their_writer), _pass_on(their_reader, writer))

    server = await asyncio.start_server(connect, HOST, port)
    try:
        yield
    finally:
        server.close()


async def _pass_on(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    """Until either side hangs up."""
    with suppress(ConnectionError):
        while piece := await source.read(CHUNK_BYTES):
            target.write(piece)
            await target.drain()
    target.close()
