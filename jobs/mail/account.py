"""SMTP_URL: where letters are handed over, and from whom they come."""

from dataclasses import dataclass, field
from email.headerregistry import Address
from enum import StrEnum
from typing import Final
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from jobs.mail.address import read_address

SUBMISSION_PORT: Final = 587
SUBMISSIONS_PORT: Final = 465
SMTP: Final = "smtp"
SMTPS: Final = "smtps"
OPTIONS: Final = frozenset({"from", "tls", "reply-to"})
THIS_MACHINE: Final = frozenset({"localhost", "127.0.0.1", "::1"})


class Tls(StrEnum):
    """How the line is guarded; certificates are verified, always."""

    FROM_THE_START = "from the start"
    STARTTLS = "starttls"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class MailAccount:
    host: str
    port: int
    tls: Tls
    sender: Address
    reply_to: Address | None = None
    user: str | None = None
    password: str = field(default="", repr=False)


class UnusableSmtpUrl(ValueError):
    """A sentence for whoever runs the clinic. It repeats nothing of the URL: a password may stand anywhere in it."""


def read_smtp_url(url: str) -> MailAccount:
    """The account that SMTP_URL names. Raises UnusableSmtpUrl."""
    try:
        split = urlsplit(url)
        port = split.port
        options = _options(split)
        host = (split.hostname or "").encode("idna").decode()
    except ValueError:
        raise UnusableSmtpUrl(
            "SMTP_URL: expected a host and a number as the port; in a user or password / is written %2F, # %23, "
            "@ %40 and : %3A"
        ) from None
    if split.scheme not in {SMTP, SMTPS} or not host:
        raise UnusableSmtpUrl(
            "SMTP_URL: expected smtp://user:password@host:587?from=Diamed%20<no-reply@diamed.example>, or smtps"
        )
    if not options.keys() <= OPTIONS:
        raise UnusableSmtpUrl(f"SMTP_URL: after the question mark stands one of {', '.join(sorted(OPTIONS))}")
    if host in THIS_MACHINE:
        # A relay beside us, or the sandbox: nobody listens in on the way.
        options = {
            "from": "no-reply@localhost",
            **({} if split.scheme == SMTPS else {"tls": Tls.NONE.value}),
            **options,
        }
    tls = _tls(split, options.get("tls"))
    if split.username and tls is Tls.NONE:
        raise UnusableSmtpUrl("SMTP_URL: with tls=none there is no user: the password would travel for all to read")
    return MailAccount(
        host=host,
        port=port or (SUBMISSIONS_PORT if tls is Tls.FROM_THE_START else SUBMISSION_PORT),
        tls=tls,
        sender=_address(options, "from"),
        reply_to=_address(options, "reply-to") if "reply-to" in options else None,
        user=unquote(split.username) if split.username else None,
        password=unquote(split.password or ""),
    )


def _options(split: SplitResult) -> dict[str, str]:
    return dict(parse_qsl(split.query, keep_blank_values=True, strict_parsing=bool(split.query)))


def _tls(split: SplitResult, wish: str | None) -> Tls:
    if split.scheme == SMTPS:
        if wish is not None:
            raise UnusableSmtpUrl("SMTP_URL: smtps has no tls option: the line is guarded from the start")
        return Tls.FROM_THE_START
    if wish not in {None, Tls.STARTTLS.value, Tls.NONE.value}:
        raise UnusableSmtpUrl("SMTP_URL: tls is starttls (which it is anyway) or none")
    return Tls(wish or Tls.STARTTLS)


def _address(options: dict[str, str], name: str) -> Address:
    address = read_address(options.get(name, ""))
    if address is None:
        raise UnusableSmtpUrl(
            f"SMTP_URL: expected {name}= with an address like no-reply@diamed.example, or Diamed%20<no-reply@...>"
        )
    return address
