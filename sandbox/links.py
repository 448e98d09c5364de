"""Addresses behind letters and buttons, judged as Telegram judges them."""

from urllib.parse import urlsplit

SCHEMES = frozenset({"http", "https", "ton", "tg", "tonsite"})


class BadLink(Exception):
    """The reason, in Telegram's words."""


def checked_link(url: str) -> str:
    """The address as Telegram writes it back: with a scheme, and with a slash after a bare host."""
    address = url.strip()
    if not address:
        raise BadLink("URL host is empty")
    scheme, separator, _ = address.partition("://")
    if not separator:
        scheme, address = "http", f"http://{address}"
    if scheme.lower() not in SCHEMES:
        raise BadLink("Unsupported URL protocol")
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        raise BadLink("Wrong HTTP URL") from None
    if scheme.lower() == "tg":
        return address
    if "." not in host.strip(".") or any(letter.isspace() for letter in address):
        raise BadLink("Wrong HTTP URL")
    return address if parts.path or parts.query else f"{address}/"
