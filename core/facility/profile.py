"""What differs between clinics is policy: a value in the profile, never an `if` on a clinic's name."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from core.facility.opening_hours import OpeningHours
from core.facility.refusals import DeskClosed


class IdentityScheme(StrEnum):
    """How somebody becomes a user."""

    TEMPORARY_CREDENTIALS = "temporary_credentials"
    EMAILED_CREDENTIALS = "emailed_credentials"
    ACTIVATION_CODE = "activation_code"
    VERIFIED_IN_PERSON = "verified_in_person"
    OPEN = "open"


class Identifier(StrEnum):
    """The personal identifier of the facility's country."""

    CODICE_FISCALE = "codice_fiscale"
    PESEL = "pesel"
    INN = "inn"


class Family(StrEnum):
    """Whether relatives may share an address."""

    SHARED = "shared"
    SEPARATE = "separate"


class BookingMode(StrEnum):
    SLOTS = "slots"
    REQUEST = "request"
    SLOTS_OR_PROPOSAL = "slots_or_proposal"


class Channel(StrEnum):
    """Ways to reach somebody, in the order of the ladder: what one cannot deliver, the next one may."""

    TELEGRAM = "telegram"
    SMS = "sms"
    EMAIL = "email"


class MenuSection(StrEnum):
    BOOK = "book"
    VISITS = "visits"
    SETTINGS = "settings"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class Reception:
    """The desk of flesh and blood: always there besides the bot (DIAMED-10)."""

    phone: str
    address: str
    emergency: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IdentityPolicy:
    """`phone_countries`: whose mobile numbers are taken; `password_length`: characters at least, of one's own."""

    scheme: IdentityScheme
    identifier: Identifier
    family: Family
    phone_countries: tuple[str, ...]
    password_length: int


@dataclass(frozen=True, slots=True)
class SessionPolicy:
    """After `idle` without an update, and `at_most` after log-in in any case, one logs in again."""

    idle: timedelta
    at_most: timedelta


@dataclass(frozen=True, slots=True)
class BookingPolicy:
    """`hold`: how long a chosen slot waits for its confirmation; `horizon`: how far ahead one may book."""

    mode: BookingMode
    hours: OpeningHours
    hold: timedelta
    horizon: timedelta
    minimum_notice: timedelta
    cancellation_notice: timedelta


@dataclass(frozen=True, slots=True)
class AlertPolicy:
    """`discreet`: alerts name neither doctor nor clinic. Reminders come the day before, in hours when people are awake.

    `reminder_hour` is meant for those who chose none of `reminder_hours`; all by the clock on the wall.
    """

    discreet: bool
    channels: tuple[Channel, ...]
    awake: OpeningHours
    reminder_hour: int
    reminder_hours: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FacilityProfile:
    key: str
    name: str
    country: str
    timezone: ZoneInfo
    currency: str
    reception: Reception
    identity: IdentityPolicy
    session: SessionPolicy
    booking: BookingPolicy
    alerts: AlertPolicy
    menu: tuple[MenuSection, ...]

    def require_open_desk(self, now: datetime) -> None:
        """Refuse with DeskClosed outside the service hours (DIAMED-16); phone and reception are offered (DIAMED-10)."""
        hours = self.booking.hours
        if not hours.cover(now, self.timezone):
            raise DeskClosed(hours.opens, hours.closes, self.reception.phone)

    def day_of(self, moment: datetime) -> date:
        """The date on the facility's own calendar."""
        return moment.astimezone(self.timezone).date()
