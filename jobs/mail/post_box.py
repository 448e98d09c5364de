"""One letter handed to a mail server, once. At which step something was answered decides how it ended."""

import asyncio
import re
import ssl
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import structlog
from aiosmtplib import SMTP, SMTPDataError, SMTPException, SMTPResponseException, SMTPServerDisconnected

from jobs.courier import Carried, Delivery
from jobs.mail.account import MailAccount, Tls

GO_AHEAD: Final = 354
# Not the address's fault: a command that was not understood, or not allowed before a log-in.
OUR_FAULT: Final = frozenset({500, 501, 502, 503, 504, 530, 535, 538})
POLICY: Final = re.compile(r"5\.7\.\d+\b")
GOODBYE_SECONDS: Final = 2.0


class Step(StrEnum):
    """How far the conversation has come. ANSWER: the letter has left, and nobody has said yet what became of it."""

    OPENING = "opening"
    SENDER = "sender"
    RECIPIENT = "recipient"
    CONTENT = "content"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds: until the server wants the letter, and until it says that it has it. Together well below a lease."""

    opening: float = 20.0
    answer: float = 25.0


class PostBox:
    """A connection for each letter: how one ended says nothing about the next, and a server's limits are not met."""

    def __init__(self, account: MailAccount, patience: Patience) -> None:
        self._account = account
        self._patience = patience
        self._tls = None if account.tls is Tls.NONE else ssl.create_default_context()

    async def post(self, recipient: str, message: bytes) -> Carried:
        """`message` has lines that end in CRLF, the last one too. Never raises for trouble on the line."""
        conversation = Conversation(self._account, self._tls)
        try:
            async with asyncio.timeout(self._patience.opening):
                await conversation.open(recipient)
            async with asyncio.timeout(self._patience.answer):
                await conversation.tell(message)
        except SMTPResponseException as answer:
            delivery, reason = delivery_after(conversation.step, answer.code, answer.message), str(answer.code)
            _note(conversation.step, delivery, answer, answer.code)
        except (SMTPException, OSError) as trouble:
            delivery, reason = Delivery.MAYBE if conversation.step is Step.ANSWER else Delivery.NOT_YET, ""
            _note(conversation.step, delivery, trouble, None)
        else:
            delivery, reason = Delivery.SENT, ""
            await conversation.say_goodbye()
        finally:
            conversation.hang_up()
        return Carried(delivery, reason=reason if delivery is Delivery.REFUSED else "")


class Conversation:
    def __init__(self, account: MailAccount, tls: ssl.SSLContext | None) -> None:
        self.step = Step.OPENING
        self._sender = account.sender.addr_spec
        self._smtp = SMTP(
            hostname=account.host,
            port=account.port,
            username=None if account.user is None else account.user.encode(),
            password=None if account.user is None else account.password.encode(),
            # Else the machine's own name would be looked up, and told to every reader.
            local_hostname=account.sender.domain,
            timeout=None,
            use_tls=account.tls is Tls.FROM_THE_START,
            start_tls=account.tls is Tls.STARTTLS,
            tls_context=tls,
        )

    async def open(self, recipient: str) -> None:
        """Until the server wants to hear the letter."""
        await self._smtp.connect()
        self.step = Step.SENDER
        await self._smtp.mail(self._sender)
        self.step = Step.RECIPIENT
        await self._smtp.rcpt(recipient)
        self.step = Step.CONTENT
        answer = await self._smtp.execute_command(b"DATA")
        if answer.code != GO_AHEAD:
            raise SMTPDataError(answer.code, answer.message)

    async def tell(self, message: bytes) -> None:
        """The library does this in one go with DATA, and would not say on which side of the letter the line broke."""
        protocol = self._smtp.protocol
        if protocol is None:
            raise SMTPServerDisconnected("lost before the letter")
        protocol.write(message.replace(b"\r\n.", b"\r\n..") + b".\r\n")
        self.step = Step.ANSWER
        answer = await protocol.read_response()
        if answer.code // 100 != 2:
            raise SMTPDataError(answer.code, answer.message)

    async def say_goodbye(self) -> None:
        with suppress(SMTPException, OSError):
            await self._smtp.quit(timeout=GOODBYE_SECONDS)

    def hang_up(self) -> None:
        self._smtp.close()


def delivery_after(step: Step, code: int, answer: str) -> Delivery:
    """What a refusal at this step means for the letter."""
    if code // 100 == 5 and step in {Step.CONTENT, Step.ANSWER, Step.RECIPIENT} and code not in OUR_FAULT:
        # A relay that does not know us says so at the recipient; the address may be as good as any.
        relay = step is Step.RECIPIENT and POLICY.match(answer) is not None
        return Delivery.NOT_YET if relay else Delivery.REFUSED
    known = code // 100 in {4, 5}
    return Delivery.MAYBE if step is Step.ANSWER and not known else Delivery.NOT_YET


def _note(step: Step, delivery: Delivery, trouble: Exception, code: int | None) -> None:
    """For whoever runs the clinic. What the server said may name the reader, and stays out."""
    structlog.get_logger().warning(
        "mail.trouble", step=step.value, delivery=delivery.name.lower(), kind=type(trouble).__name__, code=code
    )
