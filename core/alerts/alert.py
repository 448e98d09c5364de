"""What we owe to somebody: a row, written in the transaction of its cause; one row a channel."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, NewType
from zoneinfo import ZoneInfo

from core.facility.opening_hours import OpeningHours
from core.facility.profile import Channel
from core.identity.person import AccountId
from core.visits.visit import VisitId

AlertId = NewType("AlertId", int)


class AlertKind(StrEnum):
    """EMAIL_BOUNCED tells in the chat that a letter could not be delivered."""

    VISIT_BOOKED = "visit_booked"
    VISIT_MOVED = "visit_moved"
    VISIT_CANCELLED = "visit_cancelled"
    REMINDER = "reminder"
    CREDENTIALS = "credentials"
    EMAIL_BOUNCED = "email_bounced"


class AlertState(StrEnum):
    """WAITING and LEASED are still owed; the others are ends.

    UNCERTAIN: sent twice without an answer, so that a third time would be worse than silence.
    UNREACHABLE: the channel does not lead to the person. REFUSED: the carrier will never take it.
    """

    WAITING = "waiting"
    LEASED = "leased"
    SENT = "sent"
    WITHDRAWN = "withdrawn"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    UNCERTAIN = "uncertain"


MOST_TRIES: Final = 2
LEASE: Final = timedelta(seconds=60)
FIRST_PAUSE: Final = timedelta(seconds=10)
LONGEST_PAUSE: Final = timedelta(minutes=15)
# Some five minutes: for so long what was owed later waits behind it; who has trouble for longer silences nobody.
SETBACKS_IN_ORDER: Final = 5
LATE: Final = timedelta(hours=1)
FAILURES: Final = (AlertState.UNREACHABLE, AlertState.REFUSED)


class Receipt(StrEnum):
    """What the carrier said afterwards of a message it had taken."""

    DELIVERED = "delivered"
    FAILED = "failed"


@dataclass(eq=False)
class Alert:
    """`visit_version` tells whether the visit is still what it was; `tries` counts the sends that began.

    `due_at` stays what it was; nobody takes the alert before `leased_until`: it is in somebody's hands, or, WAITING, it
    rests. `day` is set for reminders: the day of the visit. `carried_with`: the alert in whose message this one is
    being carried. `sealed` holds what nobody but its reader may see, until it is sent. `setbacks` counts how often a
    carrier asked to come again later.
    """

    id: AlertId
    kind: AlertKind
    account_id: AccountId
    channel: Channel
    dedupe_key: str
    due_at: datetime
    owed_at: datetime
    visit_id: VisitId | None = None
    visit_version: int | None = None
    day: date | None = None
    state: AlertState = AlertState.WAITING
    tries: int = 0
    setbacks: int = 0
    leased_until: datetime | None = None
    carried_with: AlertId | None = None
    sealed: bytes | None = None
    receipt: Receipt | None = None
    ended_at: datetime | None = None

    @property
    def matter(self) -> str:
        """What it is about, whatever channel it takes."""
        return self.dedupe_key.rpartition(":")[0]

    def lease(self, now: datetime) -> None:
        """Into a courier's hands: from here on it may have arrived."""
        self.state, self.leased_until, self.carried_with = AlertState.LEASED, now + LEASE, None
        self.tries += 1

    def put_back(self, now: datetime, certain: bool) -> None:
        """Owe it again after a pause that grows; `certain`: it surely did not arrive, so that the try was none."""
        pause = min(FIRST_PAUSE * 2 ** min(self.setbacks, 10), LONGEST_PAUSE)
        self._rest_until(now + pause)
        self.setbacks += 1
        if certain:
            self.tries -= 1

    def wait_for_morning(self, morning: datetime) -> None:
        """Nobody is woken; by then an earlier trouble is forgotten."""
        self._rest_until(morning)
        self.setbacks = 0

    def is_late(self, now: datetime, awake: OpeningHours, zone: ZoneInfo) -> bool:
        """Whether a reminder comes much later than it was meant to; waiting for the morning is no delay."""
        return self.kind is AlertKind.REMINDER and now - awake.next_from(self.due_at, zone) > LATE

    def end(self, state: AlertState, now: datetime) -> None:
        """Over, one way or another; whatever was secret in it goes."""
        self.state, self.ended_at, self.leased_until, self.sealed = state, now, None, None

    def note_receipt(self, receipt: Receipt | None) -> None:
        """Keep what the carrier says; a message that was taken and then lost has not reached anybody."""
        self.receipt = receipt
        if receipt is Receipt.FAILED and self.state is AlertState.SENT:
            self.state = AlertState.UNREACHABLE

    def _rest_until(self, moment: datetime) -> None:
        self.state, self.leased_until, self.carried_with = AlertState.WAITING, moment, None
