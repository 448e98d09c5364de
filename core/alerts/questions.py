"""What couriers ask, and whoever watches the house."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.alerts.alert import Alert, AlertId, AlertKind
from core.facility.profile import Channel
from core.identity.person import AccountId
from core.identity.questions import Reader, readers_of
from core.transaction import Reading
from core.visits.cards import VisitCard
from core.visits.visit import HOLDS_ITS_SLOT, VisitId, VisitStatus


@dataclass(frozen=True, slots=True)
class Letter:
    """An alert ready to be worded. `visits` are those still as they were when it was owed, soonest first.

    `true`: there is still something to say. `late`: it should have been said long ago. `discreet`: the profile or the
    person wants it so, or, in a chat, the person has logged out and the phone may be in other hands. `sealed`: for the
    reader's eyes alone.
    """

    id: AlertId
    kind: AlertKind
    channel: Channel
    visits: tuple[VisitCard, ...]
    reader: Reader
    true: bool
    discreet: bool
    sealed: bytes | None
    late: bool = False


@dataclass(frozen=True, slots=True)
class AlertsBacklog:
    """What should have left on this channel by now, and how late the latest of it is."""

    channel: Channel
    count: int
    latest: timedelta


def alerts_backlog(reading: Reading) -> tuple[AlertsBacklog, ...]:
    """How far the couriers are behind, channel by channel."""
    reading.person.require_clockwork()
    overdue = reading.alerts.overdue(reading.now)
    return tuple(
        AlertsBacklog(channel, count, reading.now - since)
        for channel in Channel
        for count, since in [overdue.get(channel, (0, reading.now))]
    )


def anything_due(reading: Reading, channel: Channel) -> bool:
    """Whether there is anything to carry: asked twice a second, so that an idle clinic writes nothing."""
    reading.person.require_clockwork()
    return reading.alerts.anything_due(channel, reading.now)


def pause_until(reading: Reading, carrier: str) -> datetime | None:
    """Until when this carrier last asked everybody to wait; it may be over by now."""
    reading.person.require_clockwork()
    return reading.alerts.pause_until(carrier)


def letters_of(reading: Reading, leads: Sequence[AlertId]) -> tuple[Letter, ...]:
    """These alerts, each with those it carries, judged anew against the present state of their visits."""
    reading.person.require_clockwork()
    carried = reading.alerts.in_hands(leads)
    together = [alert for lead in leads for alert in carried[lead]]
    visits = reading.visits.cards(list({alert.visit_id for alert in together if alert.visit_id is not None}))
    readers = readers_of(reading, list({alert.account_id for alert in together}))
    return tuple(_letter(reading, lead, carried[lead], visits, readers) for lead in leads)


def _letter(
    reading: Reading,
    lead: AlertId,
    together: Sequence[Alert],
    cards: Mapping[VisitId, VisitCard],
    readers: Mapping[AccountId, Reader],
) -> Letter:
    alert = next(one for one in together if one.id == lead)
    said = [(one, visit) for one in together for visit in _visit_of(reading, one, cards)]
    visits = sorted((visit for _, visit in said), key=lambda visit: visit.starts_at)
    awake, zone = reading.facility.alerts.awake, reading.facility.timezone
    reader = readers[alert.account_id]
    return Letter(
        id=alert.id,
        kind=alert.kind,
        channel=alert.channel,
        visits=tuple(visits),
        reader=reader,
        true=_is_still_true(alert.kind, visits, reader),
        discreet=reader.discreet or (alert.channel is Channel.TELEGRAM and not reader.logged_in),
        sealed=alert.sealed,
        late=any(one.is_late(reading.now, awake, zone) for one, _ in said),
    )


def _visit_of(reading: Reading, alert: Alert, cards: Mapping[VisitId, VisitCard]) -> Iterator[VisitCard]:
    """The alert's visit, if it is still ahead and as it was when the alert was owed."""
    if alert.visit_id is None:
        return
    visit = cards[alert.visit_id]
    cancelled = visit.status is VisitStatus.CANCELLED
    as_meant = cancelled if alert.kind is AlertKind.VISIT_CANCELLED else visit.status in HOLDS_ITS_SLOT
    if as_meant and visit.version == alert.visit_version and visit.starts_at > reading.now:
        yield visit


def _is_still_true(kind: AlertKind, visits: Sequence[VisitCard], reader: Reader) -> bool:
    match kind:
        case AlertKind.CREDENTIALS:
            return reader.awaits_password
        case AlertKind.EMAIL_BOUNCED:
            return True
        case _:
            return bool(visits)
