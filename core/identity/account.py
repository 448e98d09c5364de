"""One patient's own way in (DIAMED-5, DIAMED-6)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.identity.person import AccountId, PatientId


class SmsWish(StrEnum):
    """When reminders come by SMS: besides Telegram, only where Telegram does not reach the person, or never."""

    ALWAYS = "always"
    WHEN_NEEDED = "when_needed"
    NEVER = "never"


@dataclass(eq=False)
class Account:
    """`password_hash` is the person's own password, empty until there is one; `temporary_hash` is of the one we sent.

    `mailbox` is what no two accounts share (DIAMED-7). `language`, `reminder_hour` and `discreet` are the person's
    choice, if one was made.
    """

    id: AccountId
    patient_id: PatientId
    login: str
    email: str
    password_hash: str
    language: str | None = None
    temporary_hash: str | None = None
    temporary_until: datetime | None = None
    sms_reminders: SmsWish = SmsWish.WHEN_NEEDED
    reminder_hour: int | None = None
    discreet: bool | None = None
    opened_at: datetime | None = None
    mailbox: str = ""

    def __post_init__(self) -> None:
        self.mailbox = mailbox_of(self.email)

    def sent_hash(self, now: datetime) -> str | None:
        """The hash of the password that was sent, while that is good."""
        return self.temporary_hash if self.temporary_until is not None and now < self.temporary_until else None

    def wants_discretion(self, by_default: bool) -> bool:
        return by_default if self.discreet is None else self.discreet

    def change_email(self, email: str) -> None:
        self.email, self.mailbox = email, mailbox_of(email)


def normalise_login(typed: str) -> str:
    """Logins differ neither by case nor by the spaces around them."""
    return typed.strip().casefold()


def mailbox_of(email: str) -> str:
    """The mailbox behind an address: neither case nor a tag after a plus makes another one (DIAMED-7)."""
    local, _, domain = email.casefold().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"
