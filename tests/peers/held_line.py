"""A line to a server that a test may hold, as a network that swallows everything does, and cut."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field


@dataclass
class Line:
    """`server` is the port at its far end; while `flows` is not set, nothing arrives at either."""

    port: int
    server: int
    flows: asyncio.Event = field(default_factory=asyncio.Event)
    ends: set[asyncio.StreamWriter] = field(default_factory=set)

    async def carry(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        try:
            far, onward = await asyncio.open_connection("127.0.0.1", self.server)
        except OSError:
            back.transport.abort()
            return
        self.ends |= {back, onward}
        async with asyncio.TaskGroup() as ways:
            ways.create_task(self._one_way(near, onward))
            ways.create_task(self._one_way(far, back))

    async def _one_way(self, heard: asyncio.StreamReader, told: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while chunk := await heard.read(2**16):
                await self.flows.wait()
                told.write(chunk)
        told.close()

    def cut(self) -> None:
        for end in self.ends:
            end.transport.abort()
        self.flows.set()


@asynccontextmanager
async def line_to(server: int) -> AsyncIterator[Line]:
    line = Line(0, server)
    line.flows.set()
    listening = await asyncio.start_server(line.carry, "127.0.0.1", 0)
    line.port = listening.sockets[0].getsockname()[1]
    async with listening:
        yield line
        line.cut()
