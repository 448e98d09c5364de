"""Where a webhook may lie: what its address means, and what Telegram would refuse about it."""

import asyncio
import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Final, TypeAlias

from yarl import URL

from sandbox.bad_requests import BadWebhook, InvalidWebhookAddress

SECURE: Final = "https"
PLAIN: Final = "http"
PORTS: Final = frozenset({80, 88, 443, 8443})
UNKNOWN_NAME: Final = "Name or service not known"

IpAddress: TypeAlias = IPv4Address | IPv6Address


@dataclass(frozen=True, slots=True)
class Endpoint:
    url: URL
    address: IpAddress


async def find_endpoint(url: URL, fixed_address: str) -> Endpoint:
    """Around the corner everything goes, as with a Bot API server of one's own; elsewhere Telegram's rules hold."""
    found = _read_ip(fixed_address) if fixed_address else await _resolved(url)
    if isinstance(found, BadWebhook) or not found.is_private:
        if url.scheme != SECURE:
            raise BadWebhook("An HTTPS URL must be provided for webhook")
        if url.port not in PORTS:
            raise BadWebhook("Webhook can be set up only on ports 80, 88, 443 or 8443")
    if isinstance(found, BadWebhook):
        raise found
    return Endpoint(url, found)


def read_address(text: str) -> URL:
    try:
        url = URL(text if "://" in text else f"{SECURE}://{text}")
        sound = url.scheme in (SECURE, PLAIN) and bool(url.host) and bool(url.port)
    except ValueError:
        raise InvalidWebhookAddress from None
    if not sound:
        raise InvalidWebhookAddress
    return url


def _read_ip(text: str) -> IpAddress | BadWebhook:
    try:
        return ip_address(text)
    except ValueError:
        return BadWebhook("Invalid IP address specified")


async def _resolved(url: URL) -> IpAddress | BadWebhook:
    """The first address of the old kind, which Telegram prefers, or else the first of all."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(url.raw_host, url.port, type=socket.SOCK_STREAM)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        return BadWebhook(f"Failed to resolve host: {reason or UNKNOWN_NAME}")
    addresses = [place[0] for family, _, _, _, place in found if family == socket.AF_INET]
    return ip_address(str((addresses or [found[0][4][0]])[0]).partition("%")[0])
