"""Where Telegram knocks, and how it shows that it is Telegram."""

import re
from dataclasses import dataclass, field
from typing import Final, Self
from urllib.parse import urlsplit

SECRET: Final = re.compile(r"[A-Za-z0-9_-]{1,256}")
PATH: Final = re.compile(r"(?:/[A-Za-z0-9._~-]+)+/?")


class UnusableWebhook(ValueError):
    """A sentence about settings with which Telegram could not call, or anybody could; it repeats nothing of them."""


@dataclass(frozen=True, slots=True)
class Webhook:
    url: str
    secret: str = field(repr=False)

    @classmethod
    def at(cls, url: str, secret: str | None, token: str) -> Self:
        """Raises UnusableWebhook."""
        if not secret:
            raise UnusableWebhook("WEBHOOK_URL needs WEBHOOK_SECRET, by which Telegram is known. See .env.example.")
        if SECRET.fullmatch(secret) is None:
            raise UnusableWebhook("WEBHOOK_SECRET: expected 1 to 256 of the characters A-Z, a-z, 0-9, _ and -.")
        if token.rpartition(":")[2] in url:
            raise UnusableWebhook("WEBHOOK_URL: the bot's token must not stand in an address that others write down.")
        webhook = cls(url, secret)
        if PATH.fullmatch(webhook.path) is None:
            raise UnusableWebhook("WEBHOOK_URL: expected a path of letters, digits and . _ ~ -, such as /telegram.")
        return webhook

    @property
    def path(self) -> str:
        """What is left of the address on this side of a proxy, which passes it on unchanged."""
        return urlsplit(self.url).path


def webhook_at(url: str | None, secret: str | None, token: str) -> Webhook | None:
    """None where nobody is to call. Raises UnusableWebhook."""
    return None if url is None else Webhook.at(url, secret, token)
