"""SMS over SMPP 3.4: the line that mobile operators and wholesalers offer."""

import asyncio
import ssl
from dataclasses import dataclass, field
from typing import Final

import structlog
from aiosmpplib import SmppCommandStatus, SubmitSm

from core.errors import DatabaseLost
from jobs.courier import Carried, Delivery
from jobs.sms.gateway import OnReceipt, Sms
from jobs.sms.receipt import read_receipt
from jobs.sms.smpp_session import BindRefused, LineBroken, SmppSession, connected
from jobs.sms.submits import sender_of, submits

FIRST_PAUSE_SECONDS: Final = 1.0
LONGEST_PAUSE_SECONDS: Final = 60.0
# Between the parts of one message: a phone shows none until it has all.
BUSY_PAUSES_SECONDS: Final = (0.5, 1.0, 2.0)

# Not taken now, for a reason that is not in the message. Everything else is a refusal of this message.
NOT_NOW: Final = frozenset(
    {
        SmppCommandStatus.ESME_RTHROTTLED,
        SmppCommandStatus.ESME_RMSGQFUL,
        SmppCommandStatus.ESME_RSYSERR,
        SmppCommandStatus.ESME_RINVBNDSTS,
        SmppCommandStatus.ESME_RX_T_APPN,
    }
)


@dataclass(frozen=True, slots=True)
class SmppAccount:
    """Where the SMSC is and who we are to it; `tls` None for a line in the clear."""

    host: str
    port: int
    system_id: str
    password: str = field(repr=False)
    sender: str = ""
    system_type: str = ""
    tls: ssl.SSLContext | None = None


class SmppGateway:
    def __init__(self, account: SmppAccount) -> None:
        self._account = account
        self._sender = sender_of(account.sender)
        self._session: SmppSession | None = None
        self._pause = FIRST_PAUSE_SECONDS

    async def run(self, on_receipt: OnReceipt) -> None:
        """Until cancelled: keep the line open, with growing pauses between the tries, and hand receipts on."""
        while True:
            try:
                await self._serve(on_receipt)
            except (LineBroken, BindRefused, TimeoutError) as trouble:
                structlog.get_logger().warning(
                    "sms.trouble", kind=type(trouble).__name__, reason=str(trouble), pause_seconds=self._pause
                )
            await asyncio.sleep(self._pause)
            self._pause = min(self._pause * 2, LONGEST_PAUSE_SECONDS)

    async def send(self, sms: Sms) -> Carried:
        """Send each part once. NOT_YET while there is no line; MAYBE also when only the first parts were taken."""
        posted: list[str] = []
        session = self._session
        if session is None:
            return Carried(Delivery.NOT_YET)
        for request in submits(sms, self._sender):
            delivery, said = await self._submit(session, request)
            for pause in BUSY_PAUSES_SECONDS if posted else ():
                if delivery is not Delivery.NOT_YET:
                    break
                await asyncio.sleep(pause)
                delivery, said = await self._submit(session, request)
            if delivery is not Delivery.SENT:
                partly = posted and delivery is Delivery.NOT_YET
                reason = said if delivery is Delivery.REFUSED else ""
                return Carried(Delivery.MAYBE if partly else delivery, tuple(posted), reason)
            posted.append(said)
        return Carried(Delivery.SENT, tuple(posted))

    async def _submit(self, session: SmppSession, request: SubmitSm) -> tuple[Delivery, str]:
        """How it ended, and the SMSC's name for it, or why it was not taken."""
        try:
            answer = await session.ask(request)
        except LineBroken as broken:
            delivery, reason = Delivery.MAYBE, str(broken)
        else:
            if answer.status == SmppCommandStatus.ESME_ROK:
                return Delivery.SENT, answer.body.partition(b"\0")[0].decode("latin-1")
            delivery = Delivery.NOT_YET if answer.status in NOT_NOW else Delivery.REFUSED
            reason = f"{answer.status:#010x}"
        structlog.get_logger().warning("sms.not_taken", delivery=delivery.name.lower(), reason=reason)
        return delivery, reason

    async def _serve(self, on_receipt: OnReceipt) -> None:
        account = self._account
        async with connected(account.host, account.port, account.tls) as session:
            await session.bind(account.system_id, account.password, account.system_type)
            structlog.get_logger().info("sms.connected")
            self._pause = FIRST_PAUSE_SECONDS
            self._session = session
            try:
                await session.listen(lambda body: self._note(body, on_receipt))
            finally:
                self._session = None

    async def _note(self, body: bytes, on_receipt: OnReceipt) -> SmppCommandStatus:
        receipt = read_receipt(body)
        if receipt is None:
            return SmppCommandStatus.ESME_ROK
        try:
            await on_receipt(receipt.message_id, receipt.delivered)
        except DatabaseLost:
            return SmppCommandStatus.ESME_RX_T_APPN
        except Exception as trouble:
            # One bad receipt must not close the line.
            structlog.get_logger().exception("sms.receipt_crashed", kind=type(trouble).__name__)
            return SmppCommandStatus.ESME_RX_R_APPN
        return SmppCommandStatus.ESME_ROK
