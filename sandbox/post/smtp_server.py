"""A mail server that accepts everything for everybody, unless the fault plan says otherwise."""

import asyncio
import logging

from aiosmtpd.smtp import SMTP, Envelope, Session

from sandbox.bell import Bell
from sandbox.post.faults import MailFault
from sandbox.post.office import PostOffice

NAME = "mail.sandbox"
ACCEPTED = "250 2.0.0 Ok: queued"
AT_RECIPIENT = {
    MailFault.RCPT_451: "451 4.7.1 Greylisted, please try again later",
    MailFault.RCPT_550: "550 5.1.1 User unknown",
}
AFTER_DATA = {
    MailFault.DATA_451: "451 4.3.0 Temporary failure, please try again later",
    MailFault.DATA_554: "554 5.7.1 Message refused",
    MailFault.LOST_AFTER: "",
    MailFault.SLOW: ACCEPTED,
}
TAKES_EFFECT = frozenset({MailFault.LOST_AFTER, MailFault.SLOW})


class Postman:
    """What aiosmtpd asks at each step of a delivery."""

    def __init__(self, office: PostOffice) -> None:
        self._office = office

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        fault = self._office.mail_faults.take(AT_RECIPIENT, [address])
        if fault is not None:
            await asyncio.sleep(fault.seconds)
            return AT_RECIPIENT[MailFault(fault.kind)]
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Ok"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        fault = self._office.mail_faults.take(AFTER_DATA, envelope.rcpt_tos)
        if fault is None or fault.kind in TAKES_EFFECT:
            self._office.deliver_mail(envelope.original_content or b"", envelope.rcpt_tos)
        if fault is None:
            return ACCEPTED
        await asyncio.sleep(fault.seconds)
        if fault.kind == MailFault.LOST_AFTER:
            hang_up(server)
        return AFTER_DATA[MailFault(fault.kind)]


class Line(SMTP):
    """One connection, known to the server so that it can be closed with it."""

    def __init__(self, office: PostOffice, lines: "Lines") -> None:
        super().__init__(
            Postman(office), hostname=NAME, ident="sandbox", enable_SMTPUTF8=True, loop=asyncio.get_running_loop()
        )
        self._office = office
        self._lines = lines

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._lines.open.add(self)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        super().connection_lost(error)
        self._lines.open.discard(self)
        self._lines.closed.ring()

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        recipients = self.envelope.rcpt_tos if self.envelope else []
        fault = self._office.mail_faults.take([MailFault.LOST_BEFORE], recipients)
        if fault is None:
            await super().smtp_DATA(arg)
            return
        await asyncio.sleep(fault.seconds)
        hang_up(self)


class Lines:
    def __init__(self) -> None:
        self.open: set[Line] = set()
        self.closed = Bell()


class SmtpServer:
    def __init__(self, server: asyncio.Server, lines: Lines) -> None:
        self._server = server
        self._lines = lines
        host, port = server.sockets[0].getsockname()[:2]
        self.url = f"smtp://{host}:{port}"

    async def close(self) -> None:
        self._server.close()
        for line in tuple(self._lines.open):
            hang_up(line)
        await self._lines.closed.wait_until(lambda: not self._lines.open, None)
        await self._server.wait_closed()


async def serve_smtp(office: PostOffice, host: str, port: int) -> SmtpServer:
    """Port 0 takes any free one."""
    logging.getLogger("mail.log").setLevel(logging.WARNING)  # it would tell every recipient
    lines = Lines()
    server = await asyncio.get_running_loop().create_server(lambda: Line(office, lines), host, port)
    return SmtpServer(server, lines)


def hang_up(line: SMTP) -> None:
    """The line goes dead: no answer leaves any more."""
    if isinstance(line.transport, asyncio.WriteTransport):
        line.transport.abort()
