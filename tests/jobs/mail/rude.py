"""A mail server that says what it is told to say, step by step, and hangs up or falls silent where it is told to."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final

HANG_UP: Final = "hang up"
SILENCE: Final = "silence"
POLITE: Final[Mapping[str, str]] = {
    "greeting": "220 mail.example ready",
    "EHLO": "250 mail.example",
    "MAIL": "250 2.1.0 Ok",
    "RCPT": "250 2.1.5 Ok",
    "DATA": "354 Go ahead",
    "letter": "250 2.0.0 Ok: queued",
    "QUIT": "221 2.0.0 Bye",
}


@dataclass
class RudeServer:
    """`letters` are those whose last line arrived; `said` is what the client said, but for them."""

    answers: Mapping[str, str]
    url: str = ""
    letters: list[bytes] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    connections: int = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            if await self._says("greeting", writer):
                await self._converse(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            return
        finally:
            writer.transport.abort()

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while line := (await reader.readline()).decode():
            self.said.append(line.strip())
            command = line.split()[0].upper()
            if not await self._says(command, writer):
                return
            if command == "DATA" and self.answers["DATA"].startswith("354"):
                self.letters.append((await reader.readuntil(b"\r\n.\r\n")).removesuffix(b".\r\n"))
                if not await self._says("letter", writer):
                    return

    async def _says(self, step: str, writer: asyncio.StreamWriter) -> bool:
        """Whether the conversation goes on."""
        answer = self.answers[step]
        if answer == HANG_UP:
            return False
        if answer == SILENCE:
            await asyncio.Event().wait()
        writer.write(f"{answer}\r\n".encode())
        await writer.drain()
        return True


@asynccontextmanager
async def serve_rudely(**answers: str) -> AsyncIterator[RudeServer]:
    """Polite, but for the steps that are named: greeting, EHLO, MAIL, RCPT, DATA, letter, QUIT."""
    rude = RudeServer({**POLITE, **answers})
    conversations: set[asyncio.Task[None] | None] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        conversations.add(asyncio.current_task())
        await rude.serve(reader, writer)

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    rude.url = f"smtp://{host}:{port}?from=Diamed%20<no-reply@diamed.example>"
    try:
        yield rude
    finally:
        server.close()
        at_work = {task for task in conversations if task is not None}
        for task in at_work:
            task.cancel()
        await asyncio.gather(*at_work, return_exceptions=True)
        await server.wait_closed()
