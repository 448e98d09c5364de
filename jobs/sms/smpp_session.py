"""One connection to an SMSC, bound as a transceiver: requests, their answers, and what the SMSC asks of us.

The library builds the PDUs; reading is done here. Its own client takes an unknown status or a date with seconds in a
receipt for a broken line, knows no TLS, and logs what it could not send, number and text included.
"""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from itertools import count
from struct import Struct
from typing import Final

from aiosmpplib import (
    BindTransceiver,
    DeliverSmResp,
    EnquireLink,
    EnquireLinkResp,
    GenericNack,
    SmppCommand,
    SmppCommandStatus,
    SmppMessage,
    Unbind,
    UnbindResp,
)

HEADER: Final = Struct("!IIII")
LONGEST_PDU: Final = 2**16 + 1024
ANSWER: Final = 0x80000000
ANSWER_SECONDS: Final = 20.0
QUIET_SECONDS: Final = 30.0
GOODBYE_SECONDS: Final = 1.0


class LineBroken(Exception):
    """The connection is no more; the text names a kind of trouble and nothing else."""


class BindRefused(Exception):
    """The SMSC does not let us in; the text is its status."""


@dataclass(frozen=True, slots=True)
class Pdu:
    command: int
    status: int
    sequence: int
    body: bytes


OnDelivery = Callable[[bytes], Awaitable[SmppCommandStatus]]


class SmppSession:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._numbers = count(1)
        self._awaited: dict[int, asyncio.Future[Pdu]] = {}
        self._broken = False

    async def bind(self, system_id: str, password: str, system_type: str) -> None:
        """Introduce ourselves. Raises BindRefused and LineBroken."""
        request = BindTransceiver(system_id=system_id, password=password, system_type=system_type)
        self._write(request, next(self._numbers))
        answer = await self._next(ANSWER_SECONDS)
        while answer.command not in (SmppCommand.BIND_TRANSCEIVER_RESP, SmppCommand.GENERIC_NACK):
            answer = await self._next(ANSWER_SECONDS)
        if answer.status:
            raise BindRefused(f"{answer.status:#010x}")

    async def ask(self, request: SmppMessage) -> Pdu:
        """Send a request and wait for its answer. Raises LineBroken if the line breaks first, or nobody answers."""
        if self._broken:
            raise LineBroken("closed")
        number = next(self._numbers)
        answer: asyncio.Future[Pdu] = asyncio.get_running_loop().create_future()
        self._awaited[number] = answer
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                self._write(request, number)
                await self._writer.drain()
                return await answer
        except OSError as trouble:
            raise LineBroken(type(trouble).__name__) from None
        finally:
            del self._awaited[number]

    async def listen(self, on_delivery: OnDelivery) -> None:
        """Match answers, acknowledge deliveries, keep the line awake, until LineBroken."""
        try:
            while True:
                pdu = await self._next_or_wake()
                if pdu.command & ANSWER:
                    self._match(pdu)
                else:
                    await self._serve(pdu, on_delivery)
        finally:
            self._broken = True
            for waiting in self._awaited.values():
                if not waiting.done():
                    waiting.set_exception(LineBroken("while waiting for the answer"))

    async def close(self) -> None:
        """Say goodbye, if anybody listens."""
        self._broken = True
        with suppress(OSError):
            async with asyncio.timeout(GOODBYE_SECONDS):
                self._write(Unbind(), next(self._numbers))
                self._writer.close()
                await self._writer.wait_closed()

    def _match(self, answer: Pdu) -> None:
        waiting = self._awaited.get(answer.sequence)
        if waiting is not None and not waiting.done():
            waiting.set_result(answer)

    async def _serve(self, request: Pdu, on_delivery: OnDelivery) -> None:
        match request.command:
            case SmppCommand.DELIVER_SM:
                # Acknowledged when it is written down, not before.
                answer: SmppMessage = DeliverSmResp(command_status=await on_delivery(request.body))
            case SmppCommand.ENQUIRE_LINK:
                answer = EnquireLinkResp()
            case SmppCommand.UNBIND:
                self._write(UnbindResp(), request.sequence)
                raise LineBroken("unbound")
            case _:
                answer = GenericNack(command_status=SmppCommandStatus.ESME_RINVCMDID)
        self._write(answer, request.sequence)
        await self._drained()

    def _write(self, message: SmppMessage, number: int) -> None:
        message.sequence_num = number
        self._writer.write(message.pdu())

    async def _drained(self) -> None:
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                await self._writer.drain()
        except OSError as trouble:
            raise LineBroken(type(trouble).__name__) from None

    async def _next_or_wake(self) -> Pdu:
        """The next PDU; after a long silence, asked for."""
        try:
            return await self._next(QUIET_SECONDS)
        except TimeoutError:
            self._write(EnquireLink(), next(self._numbers))
        try:
            return await self._next(ANSWER_SECONDS)
        except TimeoutError:
            raise LineBroken("silence") from None

    async def _next(self, seconds: float) -> Pdu:
        """Raises LineBroken, and TimeoutError when nothing has begun to come; a PDU that has begun is waited for."""
        try:
            async with asyncio.timeout(seconds):
                length, command, status, sequence = HEADER.unpack(await self._reader.readexactly(HEADER.size))
        except TimeoutError:
            raise
        except (OSError, EOFError) as trouble:
            raise LineBroken(type(trouble).__name__) from None
        if not HEADER.size <= length <= LONGEST_PDU:
            raise LineBroken("not SMPP")
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                return Pdu(command, status, sequence, await self._reader.readexactly(length - HEADER.size))
        except (OSError, EOFError) as trouble:
            raise LineBroken(type(trouble).__name__) from None


@asynccontextmanager
async def connected(host: str, port: int, tls: ssl.SSLContext | None) -> AsyncIterator[SmppSession]:
    """A connection that is closed afterwards. Raises LineBroken if there is none."""
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            reader, writer = await asyncio.open_connection(host, port, ssl=tls)
    except OSError as trouble:
        raise LineBroken(type(trouble).__name__) from None
    session = SmppSession(reader, writer)
    try:
        yield session
    finally:
        await session.close()
