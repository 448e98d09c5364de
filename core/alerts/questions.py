"""What couriers ask."""

from dataclasses import dataclass

from core.alerts.alert import AlertId, AlertKind
from core.identity.store import Destination
from core.transaction import Reading
from core.visits.cards import VisitCard
from core.visits.visit import HOLDS_ITS_SLOT


@dataclass(frozen=True, slots=True)
class Letter:
    """An alert ready to be worded: `true` is whether its visit is still what it was when the alert was owed.

    `discreet`: the profile wants it so, or the person has logged out and the phone may be in other hands.
    """

    id: AlertId
    kind: AlertKind
    visit: VisitCard
    destination: Destination | None
    true: bool
    discreet: bool


def anything_due(reading: Reading) -> bool:
    """Whether there is anything to carry: asked twice a second, so that an idle clinic writes nothing."""
    reading.person.require_clockwork()
    return reading.alerts.anything_due(reading.now)


def letter_of(reading: Reading, alert_id: AlertId) -> Letter:
    """The alert judged anew against the present state of its visit."""
    reading.person.require_clockwork()
    alert = reading.alerts.get(alert_id)
    visit = reading.visits.card(alert.visit_id)
    true = visit.version == alert.visit_version and visit.status in HOLDS_ITS_SLOT and visit.starts_at > reading.now
    destination = reading.chats.destination(alert.account_id)
    session = None if destination is None else reading.sessions.open_in(destination.chat_id)
    logged_out = session is None or session.account_id != alert.account_id
    discreet = reading.facility.alerts.discreet or logged_out
    return Letter(alert.id, alert.kind, visit, destination, true, discreet)
