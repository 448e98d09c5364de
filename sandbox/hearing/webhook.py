"""A bot's webhook: where its updates are posted, and how patiently."""

import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sandbox.bad_requests import BadWebhook
from sandbox.hearing.webhook_address import Endpoint

DELAYS_SECONDS: Final = (0.0, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0)
READ_SECONDS: Final = 60.0


@dataclass(frozen=True, slots=True)
class Patience:
    """How long an answer may take, and how long to wait after each failure; the last delay stays."""

    delays: Sequence[float] = DELAYS_SECONDS
    seconds: float = READ_SECONDS

    def delay(self, failures: int) -> float:
        return self.delays[min(failures, len(self.delays)) - 1]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What `setWebhook` asks for; the secret and the fixed address are empty where there is none."""

    url: str
    secret: str
    max_connections: int
    fixed_address: str
    certificate: bytes | None = None


@dataclass(frozen=True, slots=True)
class Webhook:
    wanted: Wanted
    endpoint: Endpoint
    trust: ssl.SSLContext | None


def trust_in(certificate: bytes | None) -> ssl.SSLContext | None:
    """Only in the bot's own certificate, if it has sent one; else in those that everybody trusts."""
    if certificate is None:
        return None
    try:
        return ssl.create_default_context(cadata=certificate.decode("ascii"))
    except (ssl.SSLError, ValueError):
        raise BadWebhook("Failed to set custom certificate file") from None
