"""One post of an update to a bot's endpoint, and what came of it."""

import os
import socket
from http import HTTPStatus
from typing import Final, NamedTuple

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from sandbox.hearing.webhook import Webhook

SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"
LONGEST_RETRY_AFTER_SECONDS: Final = 3600
UNTRUSTED: Final = "SSL error {error:0A000086:SSL routines::certificate verify failed}"
NOT_SECURE: Final = "SSL error {error:0A00010B:SSL routines::wrong version number}"
UNHEARD: Final = (aiohttp.ClientError, TimeoutError, OSError, ValueError)


class Heard(NamedTuple):
    """Without an error the update has arrived; the body may hold a call in return."""

    error: str = ""
    retry_after: int = 0
    content_type: str = ""
    body: bytes = b""


class FixedAddress(AbstractResolver):
    """Answers with the one address that `setWebhook` named."""

    def __init__(self, address: str) -> None:
        self._address = address

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        family = socket.AF_INET6 if ":" in self._address else socket.AF_INET
        return [
            ResolveResult(
                hostname=host, host=self._address, port=port, family=family, proto=0, flags=socket.AI_NUMERICHOST
            )
        ]

    async def close(self) -> None:
        """It holds nothing."""


class Postman:
    def __init__(self, webhook: Webhook, seconds: float) -> None:
        fixed = webhook.wanted.fixed_address
        headers = {"Content-Type": "application/json"}
        if webhook.wanted.secret:
            headers[SECRET_HEADER] = webhook.wanted.secret
        self._url = webhook.endpoint.url
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                limit=0, ssl=webhook.trust or True, resolver=FixedAddress(fixed) if fixed else None
            ),
            headers=headers,
            skip_auto_headers=("User-Agent",),
            timeout=aiohttp.ClientTimeout(total=seconds, sock_connect=seconds),
        )

    async def post(self, update: bytes) -> Heard:
        try:
            async with self._session.post(self._url, data=update, allow_redirects=False) as response:
                if HTTPStatus.OK <= response.status < HTTPStatus.MULTIPLE_CHOICES:
                    return Heard(content_type=response.headers.get("Content-Type", ""), body=await response.read())
                return Heard(
                    f"Wrong response from the webhook: {response.status} {response.reason or ''}".rstrip(),
                    _retry_after(response.headers.get("Retry-After", "")),
                )
        except UNHEARD as error:
            return Heard(_wording(error))

    async def close(self) -> None:
        await self._session.close()


def _retry_after(said: str) -> int:
    return min(int(said), LONGEST_RETRY_AFTER_SECONDS) if said.isascii() and said.isdecimal() else 0


def _wording(error: Exception) -> str:
    match error:
        case aiohttp.ClientConnectorCertificateError():
            return UNTRUSTED
        case aiohttp.ClientSSLError():
            return NOT_SECURE
        case aiohttp.ClientConnectorDNSError():
            return f"Failed to resolve host: {error.os_error.strerror}"
        case aiohttp.ServerTimeoutError() if isinstance(error, aiohttp.ConnectionTimeoutError):
            return "Connection timed out"
        case TimeoutError():
            return "Read timeout expired"
        case OSError(errno=int() as number) if number > 0:
            return os.strerror(number)
        case _:
            return "Webhook connection closed"
