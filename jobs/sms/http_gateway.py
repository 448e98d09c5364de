"""SMS over HTTP: Kannel's `sendsms`, and gateways that take the same things under other names."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from http import HTTPStatus
from typing import Final

import aiohttp
import structlog

from core.clock import Clock
from jobs.courier import Carried, Delivery
from jobs.sms.alphabet import is_gsm
from jobs.sms.gateway import OnReceipt, Sms
from jobs.sms.receipt_addresses import ReceiptAddresses

PATIENCE: Final = aiohttp.ClientTimeout(total=20.0, sock_connect=10.0)
GSM_CODING: Final = "0"
UCS2_CODING: Final = "2"
# Delivered, not delivered, refused by the network; Kannel puts the one that came true in place of %d.
RECEIPTS_WANTED: Final = str(1 + 2 + 16)
RECEIPT_QUERY: Final = "?status=%d"

# Not the message's fault: whoever runs the clinic can mend the account, and the message is still owed.
NOT_NOW: Final = frozenset(
    {
        HTTPStatus.UNAUTHORIZED,
        HTTPStatus.PAYMENT_REQUIRED,
        HTTPStatus.PROXY_AUTHENTICATION_REQUIRED,
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.SERVICE_UNAVAILABLE,
    }
)


class AnswerLost(aiohttp.ClientError):
    """The line broke after the request had left."""


@dataclass(frozen=True, slots=True)
class HttpAccount:
    """`names` says what a parameter is called there; an empty name leaves it out. `fixed` goes along as it is."""

    address: str
    username: str
    password: str = field(repr=False)
    names: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    posts: bool = False
    basic_auth: bool = False


class HttpGateway:
    """Receipts come to the web app, under the message's own reference; without `receipts` none are asked for."""

    def __init__(self, account: HttpAccount, clock: Clock, receipts: ReceiptAddresses | None) -> None:
        self._account = account
        self._clock = clock
        self._receipts = receipts
        self._http: aiohttp.ClientSession | None = None

    async def run(self, on_receipt: OnReceipt) -> None:
        """Until cancelled: keep connections for the next message. Receipts take another way."""
        try:
            async with aiohttp.ClientSession(
                timeout=PATIENCE, headers=self._headers(), middlewares=(_never_again,)
            ) as self._http:
                await asyncio.Event().wait()
        finally:
            self._http = None

    async def send(self, sms: Sms) -> Carried:
        """Send once; a gateway that does not answer properly may have taken it all the same."""
        if self._http is None:
            return Carried(Delivery.NOT_YET)
        address, form = self._account.address, self._form(sms)
        try:
            async with (
                self._http.post(address, data=form, allow_redirects=False)
                if self._account.posts
                else self._http.get(address, params=form, allow_redirects=False)
            ) as answer:
                delivery = _delivery_of(answer.status, await answer.text(errors="replace"))
                reason = str(answer.status)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as trouble:
            delivery, reason = Delivery.NOT_YET, type(trouble).__name__
        except (aiohttp.ClientError, TimeoutError) as trouble:
            delivery, reason = Delivery.MAYBE, type(trouble).__name__
        if delivery is Delivery.SENT:
            return Carried(delivery, (sms.reference,) if self._receipts else ())
        structlog.get_logger().warning("sms.not_taken", delivery=delivery.name.lower(), reason=reason)
        return Carried(delivery, reason=reason if delivery is Delivery.REFUSED else "")

    def _form(self, sms: Sms) -> dict[str, str]:
        account = self._account
        left = sms.valid_until - self._clock.now()
        told = {
            "to": sms.to,
            "text": sms.text,
            "charset": "UTF-8",
            "coding": GSM_CODING if is_gsm(sms.text) else UCS2_CODING,
            # At least a minute: zero would mean the network's own days.
            "validity": str(max(1, left // timedelta(minutes=1))),
        }
        if not account.basic_auth:
            told |= {"username": account.username, "password": account.password}
        if self._receipts is not None:
            told |= {"dlr-mask": RECEIPTS_WANTED, "dlr-url": self._receipts.of(sms.reference) + RECEIPT_QUERY}
        named = {account.names.get(name, name): value for name, value in told.items()}
        return {**account.fixed, **{name: value for name, value in named.items() if name}}

    def _headers(self) -> dict[str, str]:
        if not self._account.basic_auth:
            return {}
        known = aiohttp.encode_basic_auth(self._account.username, self._account.password)
        return {aiohttp.hdrs.AUTHORIZATION: known}


async def _never_again(request: aiohttp.ClientRequest, send: aiohttp.ClientHandlerType) -> aiohttp.ClientResponse:
    """The client repeats a GET whose answer got lost, by itself: a message that was taken would be sent twice."""
    try:
        return await send(request)
    except aiohttp.ClientConnectorError:
        raise
    except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as trouble:
        raise AnswerLost(type(trouble).__name__) from None


def _delivery_of(status: int, text: str) -> Delivery:
    if status < HTTPStatus.MULTIPLE_CHOICES:
        return Delivery.SENT
    # Kannel says 403 both to a wrong password and to a number that it does not serve.
    stranger = status == HTTPStatus.FORBIDDEN and "authorization" in text.lower()
    if status in NOT_NOW or stranger or status < HTTPStatus.BAD_REQUEST:
        return Delivery.NOT_YET
    return Delivery.REFUSED if status < HTTPStatus.INTERNAL_SERVER_ERROR else Delivery.MAYBE
