"""Links that open something within Telegram: a bot with its first word, an invoice."""

import re
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

HOSTS = frozenset({"t.me", "telegram.me", "telegram.dog"})
SUBDOMAIN = re.compile(r"([a-z][a-z0-9_]{3,31})\.t\.me")
SCHEMES = frozenset({"http", "https"})
USERNAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{3,31}")
PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
INVOICE = re.compile(r"(?:\$|invoice/)([A-Za-z0-9_-]+)")


class StartLink(NamedTuple):
    """The payload is empty where the link only opens the chat."""

    username: str
    payload: str


class InvoiceLink(NamedTuple):
    slug: str


def read_deep_link(url: str) -> StartLink | InvoiceLink | None:
    """None for every other address. A payload that Telegram would not carry is none."""
    url = url.strip()
    try:
        parts = urlsplit(url if "://" in url or url.lower().startswith("tg:") else f"https://{url}")
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return None
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
    path = parts.path.strip("/")
    if parts.scheme == "tg":
        return _own(host or path, asked)
    subdomain = SUBDOMAIN.fullmatch(host)
    if parts.scheme not in SCHEMES or not (host in HOSTS or subdomain):
        return None
    if subdomain and not path:
        return _start(subdomain.group(1), asked)
    invoice = INVOICE.fullmatch(path)
    return InvoiceLink(invoice.group(1)) if invoice else _start(path, asked)


def _own(host: str, asked: Mapping[str, str]) -> StartLink | InvoiceLink | None:
    if host == "resolve":
        return _start(asked.get("domain", ""), asked)
    slug = asked.get("slug", "")
    return InvoiceLink(slug) if host == "invoice" and PAYLOAD.match(slug) else None


def _start(username: str, asked: Mapping[str, str]) -> StartLink | None:
    if USERNAME.fullmatch(username) is None:
        return None
    payload = asked.get("start", "")
    return StartLink(username, payload if PAYLOAD.fullmatch(payload) else "")
