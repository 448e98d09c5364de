"""Addresses behind letters and buttons, judged as Telegram judges them, with its own words for what is wrong."""

import re
from ipaddress import AddressValueError, IPv6Address
from typing import NamedTuple

PROTOCOL = re.compile(r"([^:/?#@\[\]]*)://")
AUTHORITY = re.compile(r"[^/?#]*")
OWN_SCHEME = re.compile(r"(tg|ton|tonsite):(?://)?", re.IGNORECASE)
USER = re.compile(r"tg:(?://)?user/?\?(.*)", re.DOTALL)
EMOJI = re.compile(r"tg:(?://)?emoji/?\?(.*)", re.DOTALL)
PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
HOST_LETTERS = re.compile(r"[A-Za-z0-9.\-_!$,~*'();&+=%\x80-\U0010ffff]*")
OWN_HOST_LETTERS = re.compile(r"[A-Za-z0-9_-]*")
NUMBER = re.compile(r"[1-9][0-9]{0,18}")
MOST_USER_ID = 2**40 - 1
MOST_EMOJI_ID = 2**63 - 1
MOST_PORT = 65_535
BLANKS = " \t\r\n\0\v"


class BadLink(Exception):
    """The reason, in Telegram's words."""


class _Address(NamedTuple):
    """`rest` is the path and the query, and begins with a slash."""

    secure: bool
    user: str
    host: str
    port: int
    rest: str

    @property
    def is_ipv6(self) -> bool:
        return self.host.startswith("[")

    def written(self) -> str:
        user = f"{self.user}@" if self.user else ""
        port = f":{self.port}" if self.port else ""
        return f"http{'s' * self.secure}://{user}{self.host}{port}{self.rest}"


def checked_link(url: str, *, only_https: bool = False) -> str:
    """The address as Telegram writes it back: with a scheme, and with a slash after the host."""
    own = OWN_SCHEME.match(url)
    address = _parsed(url[own.end() :] if own else url)
    if only_https and (own or not address.secure):
        raise BadLink("Only HTTPS links are allowed")
    if own:
        return _own(own.group(1).lower(), url[own.end() :], address)
    if "." not in address.host and not address.is_ipv6:
        raise BadLink("Wrong HTTP URL")
    return address.written()


def followed_link(url: str) -> str:
    """The same for letters, behind which people may be too; empty where it leads nowhere."""
    person = user_of_link(url)
    if person is not None:
        return f"tg://user?id={person}"
    try:
        return checked_link(url)
    except BadLink:
        return ""


def user_of_link(url: str) -> int | None:
    """The person named by `tg://user?id=`."""
    return _identifier(USER, url, MOST_USER_ID)


def emoji_of_link(url: str) -> str | None:
    """The picture named by `tg://emoji?id=`."""
    number = _identifier(EMOJI, url, MOST_EMOJI_ID)
    return None if number is None else str(number)


def emoji_number(text: str) -> str | None:
    """The identifier, where it is one."""
    return text if NUMBER.fullmatch(text) and int(text) <= MOST_EMOJI_ID else None


def _identifier(pattern: re.Pattern[str], url: str, most: int) -> int | None:
    found = pattern.fullmatch(url.lower())
    if found is None:
        return None
    for part in found.group(1).partition("#")[0].split("&"):
        name, _, value = part.partition("=")
        if name == "id":
            return int(value) if NUMBER.fullmatch(value) and int(value) <= most else None
    return None


def _own(scheme: str, written: str, address: _Address) -> str:
    """Telegram's own schemes have a host of few letters, and neither a port nor a user."""
    with_protocol = written.lower().startswith("http://") or address.secure
    if with_protocol or address.user or address.port or address.is_ipv6:
        raise BadLink("Wrong tg URL" if scheme == "tg" else "Wrong ton URL")
    host = address.host.replace(".", "") if scheme == "tonsite" else address.host
    if OWN_HOST_LETTERS.fullmatch(host) is None:
        raise BadLink("Unallowed characters in URL host")
    rest = address.rest[1:] if address.rest.startswith("/?") else address.rest
    return f"{scheme}://{address.host}{rest}"


def _parsed(url: str) -> _Address:
    protocol = PROTOCOL.match(url)
    name = protocol.group(1).lower() if protocol else "http"
    if name not in ("http", "https"):
        raise BadLink("Unsupported URL protocol")
    rest = url[protocol.end() :] if protocol else url
    found = AUTHORITY.match(rest)
    authority = found.group() if found else ""
    place, port = _without_port(authority)
    user, _, host = place.rpartition("@")
    host = host.lower()
    _check_host(host)
    if user:
        _check_letters(user.replace(":", ""), "userinfo")
    return _Address(name == "https", user, host, port, _rest(rest[len(authority) :]))


def _without_port(authority: str) -> tuple[str, int]:
    at = max(authority.rfind(letter) for letter in ":]@")
    if at <= 0 or authority[at] != ":":
        return authority, 0
    digits = authority[at + 1 :].lstrip("0")
    if not (
        digits.isascii() and digits.isdecimal() and len(digits) <= len(str(MOST_PORT)) and int(digits) <= MOST_PORT
    ):
        raise BadLink("Wrong port number specified in the URL")
    return authority[:at], int(digits)


def _check_host(host: str) -> None:
    if not host:
        raise BadLink("URL host is empty")
    if host == ".":
        raise BadLink("Host is invalid")
    if not (host.startswith("[") and host.endswith("]")):
        _check_letters(host, "host")
        return
    try:
        IPv6Address(host[1:-1])
    except AddressValueError:
        raise BadLink("Wrong IPv6 address specified in the URL") from None


def _check_letters(part: str, called: str) -> None:
    if HOST_LETTERS.fullmatch(part) is None:
        raise BadLink(f"Disallowed character in URL {called}")
    if PERCENT.search(part):
        raise BadLink(f"Wrong percent-encoded symbol in URL {called}")


def _rest(written: str) -> str:
    written = written.rstrip(BLANKS)
    slash = "" if written.startswith("/") else "/"
    return slash + "".join(letter if letter > " " else f"%{ord(letter):02X}" for letter in written)
