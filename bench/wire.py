"""Load over loopback at next to no cost of its own: requests written beforehand, answers only counted."""

import asyncio
from collections.abc import Sequence
from time import perf_counter
from typing import Final
from urllib.parse import urlencode, urlsplit

CONNECTIONS: Final = 32
END_OF_HEAD: Final = b"\r\n\r\n"
LENGTH: Final = b"content-length:"


def form(path: str, fields: dict[str, str]) -> bytes:
    """A POST as the common clients write it."""
    body = urlencode(fields).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def requests_per_second(url: str, requests: Sequence[bytes], connections: int = CONNECTIONS) -> float:
    """How fast the server answers all of them over so many open connections; every answer must be a 200."""
    address = urlsplit(url)
    streams = await asyncio.gather(
        *(asyncio.open_connection(address.hostname, address.port) for _ in range(connections))
    )
    shares = [requests[number::connections] for number in range(connections)]
    try:
        began = perf_counter()
        await asyncio.gather(*(_ask(*stream, share) for stream, share in zip(streams, shares, strict=True)))
        return len(requests) / (perf_counter() - began)
    finally:
        await _hang_up([writer for _, writer in streams])


async def _ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, requests: Sequence[bytes]) -> None:
    for request in requests:
        writer.write(request)
        head = await reader.readuntil(END_OF_HEAD)
        assert head.startswith(b"HTTP/1.1 200"), head
        await reader.readexactly(_length(head))


def _length(head: bytes) -> int:
    lowered = head.lower()
    place = lowered.index(LENGTH) + len(LENGTH)
    return int(lowered[place : lowered.index(b"\r", place)])


async def _hang_up(writers: Sequence[asyncio.StreamWriter]) -> None:
    for writer in writers:
        writer.close()
    await asyncio.gather(*(writer.wait_closed() for writer in writers))
