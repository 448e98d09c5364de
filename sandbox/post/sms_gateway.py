"""An HTTP gateway for SMS, as Kannel's `sendsms` plays it."""

import asyncio
import re
from collections.abc import Iterator
from http import HTTPStatus
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from aiohttp import web

from sandbox.calls.bodies import FORM
from sandbox.clock import SandboxClock
from sandbox.post.addresses import Kind
from sandbox.post.alphabet import Encoding, in_gsm_7
from sandbox.post.faults import PostFault, SmsFault
from sandbox.post.office import PostOffice
from sandbox.post.receipts import Receipts
from sandbox.post.sms import Receipt, Sms
from sandbox.server.transport import dropped

PATH = "/cgi-bin/sendsms"
USER = "sandbox"
PASSWORD = "sandbox"
SENDER = "Reception"
NUMBERS = re.compile(r"[0-9+\- ]+")
ALPHABETS = {"": Encoding.GSM_7, "0": Encoding.GSM_7, "2": Encoding.UCS_2}
CHARSETS = {Encoding.GSM_7: "utf-8", Encoding.UCS_2: "utf-16-be"}
ANY_FAULT = frozenset(SmsFault)
NOT_TAKEN = frozenset({SmsFault.THROTTLE, SmsFault.REFUSE, SmsFault.LOST_BEFORE})
LOST = frozenset({SmsFault.LOST_BEFORE, SmsFault.LOST_AFTER})


def sms_address(url: str) -> str:
    """What a bot is told: the gateway of the sandbox at `url`, with its credentials."""
    scheme, _, place = url.partition("://")
    return f"{scheme}://{USER}:{PASSWORD}@{place}{PATH}?from={SENDER}"


class Answer(NamedTuple):
    status: HTTPStatus
    text: str

    def response(self) -> web.Response:
        return web.Response(status=self.status, text=self.text, content_type="text/html")


ACCEPTED = Answer(HTTPStatus.ACCEPTED, "0: Accepted for delivery")
THROTTLED = Answer(HTTPStatus.SERVICE_UNAVAILABLE, "Temporal failure, try again later.")
REFUSED = Answer(HTTPStatus.FORBIDDEN, "Not routable. Do not try again.")


class Refused(Exception):
    def __init__(self, text: str, status: HTTPStatus = HTTPStatus.BAD_REQUEST) -> None:
        super().__init__(text)
        self.answer = Answer(status, text)


class SmsGateway:
    def __init__(self, office: PostOffice, clock: SandboxClock) -> None:
        self._office = office
        self._clock = clock
        self.receipts = Receipts(clock.now)

    def routes(self) -> list[web.RouteDef]:
        return [web.get(PATH, self.send), web.post(PATH, self.send)]

    async def send(self, request: web.Request) -> web.Response:
        try:
            batch = list(self._messages(await _parameters(request)))
        except Refused as refused:
            return refused.answer.response()
        fault = self._office.sms_faults.take(ANY_FAULT, [sms.to for sms in batch])
        if fault is None or fault.kind not in NOT_TAKEN:
            for sms in batch:
                self._office.deliver_sms(sms)
                self._send_receipt(sms, fault)
        if fault is not None:
            await asyncio.sleep(fault.seconds)
            if fault.kind in LOST:
                return dropped(request)
        return _answer(fault).response()

    async def send_receipt_now(self, sms: Sms, *, delivered: bool) -> None:
        await self.receipts.send(sms, delivered=delivered)
        self._told(sms)

    def _messages(self, given: dict[str, bytes]) -> Iterator[Sms]:
        """One for each number of `to`, judged in the order in which Kannel judges."""
        words = {name: value.decode(errors="replace") for name, value in given.items() if name != "text"}
        credentials = (
            words.get("username") or words.get("user", ""),
            words.get("password") or words.get("pass", ""),
        )
        if credentials != (USER, PASSWORD):
            raise Refused("Authorization failed for sendsms", HTTPStatus.FORBIDDEN)
        to = words.get("to", "")
        if not to:
            raise Refused("Missing receiver number, rejected")
        if not NUMBERS.fullmatch(to):
            raise Refused("Garbage 'to' field, rejected.")
        if not words.get("from"):
            raise Refused("Sender missing and no global set, rejected")
        mask, url = words.get("dlr-mask", "0"), words.get("dlr-url", "")
        if not (mask.isascii() and mask.isdecimal()):
            raise Refused("DLR-Mask field misformed, rejected")
        encoding = ALPHABETS.get(words.get("coding", ""))
        if encoding is None:
            raise Refused("Coding field misformed, rejected")
        text = _text(given.get("text", b""), words.get("charset") or CHARSETS[encoding], encoding)
        for number in to.split():
            yield Sms(
                id=self._office.messages.next_id(),
                sender=words["from"],
                to=number,
                text=text,
                encoding=encoding,
                received_at=self._clock.now(),
                receipt_mask=int(mask),
                receipt_url=url,
            )

    def _send_receipt(self, sms: Sms, fault: PostFault | None) -> None:
        if not sms.receipt_url or not sms.receipt_mask:
            return
        sms.receipt = Receipt.AWAITED
        if fault is None or fault.kind != SmsFault.NO_RECEIPT:
            delivered = fault is None or fault.kind != SmsFault.FAILED_RECEIPT
            self.receipts.send_soon(sms, delivered=delivered, told=self._told)

    def _told(self, sms: Sms) -> None:
        self._office.messages.changed.ring()
        self._office.tell(Kind.SMS, sms)


def _answer(fault: PostFault | None) -> Answer:
    if fault is None:
        return ACCEPTED
    return {SmsFault.THROTTLE.value: THROTTLED, SmsFault.REFUSE.value: REFUSED}.get(fault.kind, ACCEPTED)


def _text(content: bytes, charset: str, encoding: Encoding) -> str:
    """In seven bits, letters outside the alphabet become question marks: what the telephone would show."""
    if not content:
        raise Refused("Empty text not allowed, rejected")
    try:
        text = content.decode(charset)
    except (LookupError, UnicodeDecodeError):
        raise Refused("Charset or body misformed, rejected") from None
    return in_gsm_7(text) if encoding is Encoding.GSM_7 else text


async def _parameters(request: web.Request) -> dict[str, bytes]:
    """As bytes: only the parameters themselves say in which charset the text is."""
    pieces = [request.raw_path.partition("?")[2].encode()]
    if request.content_type == FORM:
        pieces.append(await request.read())
    pairs = (pair.partition(b"=") for piece in pieces for pair in piece.split(b"&") if pair)
    return {_unquoted(name).decode(errors="replace"): _unquoted(value) for name, _, value in pairs}


def _unquoted(quoted: bytes) -> bytes:
    return unquote_to_bytes(quoted.replace(b"+", b" "))
