"""SMS_URL chooses the gateway."""

import ssl
from typing import Final
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from core.clock import Clock
from jobs.sms.gateway import SmsGateway
from jobs.sms.http_gateway import HttpAccount, HttpGateway
from jobs.sms.receipt_addresses import ReceiptAddresses
from jobs.sms.smpp_gateway import SmppAccount, SmppGateway
from jobs.sms.submits import LONGEST_NAME

SMPP_PORT: Final = 2775
SMPPS_PORT: Final = 3550
# SMPP 3.4 has no room for more.
LONGEST_SYSTEM_ID: Final = 15
LONGEST_PASSWORD: Final = 8
LONGEST_SYSTEM_TYPE: Final = 12
LONGEST_NUMBER: Final = 20
RENAMED: Final = "name."
NAMES: Final = frozenset({"username", "password", "to", "text", "charset", "coding", "validity", "dlr-mask", "dlr-url"})


class UnusableSmsUrl(ValueError):
    """A sentence for whoever runs the clinic. It repeats nothing of the URL: a password may stand anywhere in it."""


def open_gateway(url: str, clock: Clock, receipts: ReceiptAddresses | None) -> SmsGateway:
    """The gateway that SMS_URL names, not connected yet. Raises UnusableSmsUrl."""
    try:
        split = urlsplit(url)
        port = split.port
    except ValueError:
        raise UnusableSmsUrl(
            "SMS_URL: expected a number as the port; in a user or password / is written %2F, # %23, @ %40 and : %3A"
        ) from None
    options = dict(parse_qsl(split.query, keep_blank_values=True))
    match split.scheme:
        case "smpp" | "smpps" if split.hostname:
            return SmppGateway(_smpp_account(split, port, options))
        case "http" | "https" if split.hostname:
            return HttpGateway(_http_account(split, port, options), clock, receipts)
    raise UnusableSmsUrl(
        "SMS_URL: expected smpp://user:password@host:2775?from=Diamed, or smpps, http or https in place of smpp"
    )


def _smpp_account(split: SplitResult, port: int | None, options: dict[str, str]) -> SmppAccount:
    account = SmppAccount(
        host=split.hostname or "",
        port=port or (SMPPS_PORT if split.scheme == "smpps" else SMPP_PORT),
        system_id=unquote(split.username or ""),
        password=unquote(split.password or ""),
        sender=options.pop("from", ""),
        system_type=options.pop("system_type", ""),
        tls=ssl.create_default_context() if split.scheme == "smpps" else None,
    )
    number = account.sender.removeprefix("+").isdecimal()
    for name, value, longest in (
        ("user", account.system_id, LONGEST_SYSTEM_ID),
        ("password", account.password, LONGEST_PASSWORD),
        ("system_type", account.system_type, LONGEST_SYSTEM_TYPE),
        ("from", account.sender, LONGEST_NUMBER if number else LONGEST_NAME),
    ):
        if len(value) > longest or not value.isascii():
            raise UnusableSmsUrl(f"SMS_URL: over SMPP, {name} has at most {longest} characters, of ASCII")
    if options:
        raise UnusableSmsUrl("SMS_URL: after the question mark, SMPP knows from and system_type")
    return account


def _http_account(split: SplitResult, port: int | None, options: dict[str, str]) -> HttpAccount:
    host = f"[{split.hostname}]" if split.hostname and ":" in split.hostname else split.hostname
    method, auth = options.pop("method", "get"), options.pop("auth", "parameters")
    names = {key.removeprefix(RENAMED): options.pop(key) for key in list(options) if key.startswith(RENAMED)}
    if method not in {"get", "post"}:
        raise UnusableSmsUrl("SMS_URL: method is get or post")
    if auth not in {"parameters", "basic"}:
        raise UnusableSmsUrl("SMS_URL: auth is parameters or basic")
    if not names.keys() <= NAMES:
        raise UnusableSmsUrl(f"SMS_URL: after {RENAMED} stands one of {', '.join(sorted(NAMES))}")
    return HttpAccount(
        address=f"{split.scheme}://{host}{f':{port}' if port else ''}{split.path or '/'}",
        username=unquote(split.username or ""),
        password=unquote(split.password or ""),
        names=names,
        fixed=options,
        posts=method == "post",
        basic_auth=auth == "basic",
    )
