"""Whoever can reach the webhook: Telegram, and others, down to the bytes on the line."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Any, Final
from urllib.parse import urlsplit

from bot.intake.webhook_address import Webhook
from core.errors import DatabaseLost

PATH: Final = "/telegram"
SECRET: Final = "S3cret_-of-the-tests"
WEBHOOK: Final = Webhook(f"https://clinic.example{PATH}", SECRET)
UPDATE: Final = {"update_id": 7, "message": {"chat": {"id": 1001}, "text": "Tulip żółć 🌷"}}
BODY: Final = json.dumps(UPDATE, ensure_ascii=False).encode()
KNOWN: Final = b"X-Telegram-Bot-Api-Secret-Token: " + SECRET.encode()


class Inbox:
    """Keeps updates, while it has a database; may be held, so that somebody has to wait for it."""

    def __init__(self) -> None:
        self.kept: list[dict[str, Any]] = []
        self.lost = False
        self.asked = asyncio.Event()
        self._open = asyncio.Event()
        self._open.set()

    async def let_in(self, updates: Sequence[dict[str, Any]]) -> None:
        self.asked.set()
        await self._open.wait()
        if self.lost:
            raise DatabaseLost("OperationalError")
        self.kept += updates

    @contextmanager
    def held(self) -> Iterator[None]:
        self._open.clear()
        yield
        self._open.set()


class Line:
    """One connection, on which anything may be said."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def says(self, *words: bytes) -> None:
        self._writer.writelines(words)
        await self._writer.drain()

    async def hears(self) -> tuple[int, bytes]:
        """The next answer: its status and its body."""
        head = await self._reader.readuntil(b"\r\n\r\n")
        status, *fields = head.split(b"\r\n")
        lengths = [int(field.partition(b":")[2]) for field in fields if field.lower().startswith(b"content-length")]
        return int(status.split()[1]), await self._reader.readexactly(*lengths or [0])

    async def hangs_up(self) -> None:
        self._writer.close()
        with suppress(ConnectionError):
            await self._writer.wait_closed()


@asynccontextmanager
async def line_to(address: str) -> AsyncIterator[Line]:
    place = urlsplit(address)
    line = Line(*await asyncio.open_connection(place.hostname, place.port))
    try:
        yield line
    finally:
        await line.hangs_up()


def post(body: bytes = BODY, *fields: bytes, path: str = PATH) -> bytes:
    """A whole request as Telegram's, with these fields instead of the secret if there are any."""
    length = b"Content-Length: %d" % len(body)
    return head(length, *(fields or (KNOWN,)), path=path) + body


def head(*fields: bytes, method: bytes = b"POST", path: str = PATH) -> bytes:
    start = b"%s %s HTTP/1.1" % (method, path.encode())
    return b"\r\n".join([start, b"Host: clinic.example", *fields]) + b"\r\n\r\n"


async def asks(address: str, request: bytes) -> tuple[int, bytes]:
    """One request on a line of its own: the status and the body of the answer."""
    async with line_to(address) as line:
        await line.says(request)
        return await line.hears()
