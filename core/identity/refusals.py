from dataclasses import dataclass
from datetime import timedelta

from core.errors import Refusal


@dataclass
class LogInNeeded(Refusal):
    """A patient's matter, asked by somebody we do not know (any more)."""

    session_ended: bool = False


@dataclass
class WrongCredentials(Refusal):
    """Login and password do not belong together; an unknown login reads the same. `wait` is zero at first."""

    wait: timedelta


@dataclass
class TooManyAttempts(Refusal):
    """The next attempt is possible after `wait`; it grows with every failure."""

    wait: timedelta


@dataclass
class NewPasswordNeeded(Refusal):
    """Logged in with a password that was sent by e-mail: one's own comes first (DIAMED-12)."""


@dataclass
class NotAnIdentifier(Refusal):
    """An identifier has so many digits; `count` were typed."""

    digits: int
    count: int


@dataclass
class WrongIdentifier(Refusal):
    """The check digit or the date in it cannot be: most often one digit is mistyped."""


@dataclass
class IdentifierTaken(Refusal):
    """Somebody with this identifier has an account, or the clinic knows other details of them."""

    phone: str


@dataclass
class EmailNotUsable(Refusal):
    """No mail server would take letters to what was typed."""


@dataclass
class EmailTaken(Refusal):
    """Another patient's mailbox: everybody has their own, and a child's may forward (DIAMED-6 to DIAMED-8)."""


@dataclass
class NotAPhone(Refusal):
    """No telephone has this number."""


@dataclass
class PhoneFromElsewhere(Refusal):
    """A country to which no SMS goes; `prefixes` are those that are taken."""

    prefixes: str


@dataclass
class PhoneNotMobile(Refusal):
    """A landline, a premium line: no SMS arrives there, or each would cost."""


@dataclass
class NotAName(Refusal):
    """A name has letters, and at most `limit` signs."""

    limit: int


@dataclass
class PasswordTooShort(Refusal):
    """At least `least` characters, and not the same one over and over."""

    least: int


@dataclass
class PasswordPersonal(Refusal):
    """A password that others could guess: it holds a name, the date of birth or an identifier."""


@dataclass
class PasswordSentBefore(Refusal):
    """The one from the letter; one's own is another one."""


@dataclass
class TooManyLetters(Refusal):
    """So many letters were sent; the next one after `wait`."""

    wait: timedelta


@dataclass
class HourNotOffered(Refusal):
    """Reminders come at one of the hours that the facility offers."""
