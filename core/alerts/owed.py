"""What is owed when something happens to a visit: rows, one a channel."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, time, timedelta
from types import MappingProxyType
from typing import Final
from zlib import crc32

from core.alerts.alert import Alert, AlertId, AlertKind
from core.facility.profile import Channel, FacilityProfile
from core.identity.account import Account, SmsWish
from core.identity.person import AccountId
from core.visits.visit import Visit

NewId = Callable[[], int]
CONFIRMED_BY: Final = {
    AlertKind.VISIT_BOOKED: (Channel.TELEGRAM, Channel.EMAIL),
    AlertKind.VISIT_MOVED: (Channel.TELEGRAM, Channel.EMAIL),
    AlertKind.VISIT_CANCELLED: (Channel.EMAIL,),
}


# The channels that have words for a kind: the ladder tries no other.
MAY_TAKE: Final[Mapping[AlertKind, tuple[Channel, ...]]] = MappingProxyType(
    {
        AlertKind.VISIT_BOOKED: tuple(Channel),
        AlertKind.VISIT_MOVED: tuple(Channel),
        AlertKind.VISIT_CANCELLED: (Channel.TELEGRAM, Channel.EMAIL),
        AlertKind.REMINDER: tuple(Channel),
        AlertKind.CREDENTIALS: (Channel.EMAIL,),
        AlertKind.EMAIL_BOUNCED: (Channel.TELEGRAM,),
    }
)


def confirmations(
    kind: AlertKind, visit: Visit, account_id: AccountId, facility: FacilityProfile, now: datetime, new_id: NewId
) -> Iterator[Alert]:
    """Confirmations of what was just done, owed at once (DIAMED-2, DIAMED-15); by e-mail with a calendar file."""
    for channel in CONFIRMED_BY[kind]:
        if channel in facility.alerts.channels:
            yield _about(visit, kind, channel, account_id, now, now, new_id)


def reminders(
    visit: Visit, account: Account, facility: FacilityProfile, now: datetime, new_id: NewId
) -> Iterator[Alert]:
    """The reminder of the day before (DIAMED-3), where that is still to come: who books later has just been told."""
    return (alert for alert in wished_reminders(visit, account, facility, now, new_id) if alert.due_at > now)


def wished_reminders(
    visit: Visit, account: Account, facility: FacilityProfile, now: datetime, new_id: NewId
) -> Iterator[Alert]:
    """The reminders as the person wishes them, past ones too: by Telegram, and by SMS for those who want both."""
    due_at = reminder_time(visit.starts_at, account, facility)
    for channel in (Channel.TELEGRAM, Channel.SMS):
        wished = channel is Channel.TELEGRAM or account.sms_reminders is SmsWish.ALWAYS
        if wished and channel in facility.alerts.channels:
            alert = _about(visit, AlertKind.REMINDER, channel, account.id, now, due_at, new_id)
            alert.day = facility.day_of(visit.starts_at)
            yield alert


def reminder_time(starts_at: datetime, account: Account, facility: FacilityProfile) -> datetime:
    """The hour that the person chose, by the clock on the facility's wall, on the day before; UTC."""
    hour = facility.alerts.reminder_hour if account.reminder_hour is None else account.reminder_hour
    eve = facility.day_of(starts_at) - timedelta(days=1)
    return datetime.combine(eve, time(hour), facility.timezone).astimezone(UTC)


def by_channel(alert: Alert, channel: Channel, now: datetime, new_id: NewId) -> Alert:
    """The same matter over another channel, at once; it was due when it was due."""
    return Alert(
        id=AlertId(new_id()),
        kind=alert.kind,
        account_id=alert.account_id,
        channel=channel,
        dedupe_key=f"{alert.matter}:{channel}",
        due_at=alert.due_at,
        owed_at=now,
        visit_id=alert.visit_id,
        visit_version=alert.visit_version,
        day=alert.day,
    )


def email_bounced(letter: Alert, account: Account, now: datetime, new_id: NewId) -> Alert:
    """A word in the chat that letters to this address do not arrive; one an address."""
    key = f"{AlertKind.EMAIL_BOUNCED}:{account.id}:{crc32(account.mailbox.encode()):08x}:{Channel.TELEGRAM}"
    return Alert(
        id=AlertId(new_id()),
        kind=AlertKind.EMAIL_BOUNCED,
        account_id=letter.account_id,
        channel=Channel.TELEGRAM,
        dedupe_key=key,
        due_at=now,
        owed_at=now,
    )


def credentials(alert_id: AlertId, account_id: AccountId, sealed: bytes, now: datetime) -> Alert:
    """Login and first password, by e-mail alone (DIAMED-11); sealed for this alert, and forgotten when sent."""
    return Alert(
        id=alert_id,
        kind=AlertKind.CREDENTIALS,
        account_id=account_id,
        channel=Channel.EMAIL,
        dedupe_key=f"{AlertKind.CREDENTIALS}:{alert_id}:{Channel.EMAIL}",
        due_at=now,
        owed_at=now,
        sealed=sealed,
    )


def _about(
    visit: Visit,
    kind: AlertKind,
    channel: Channel,
    account_id: AccountId,
    now: datetime,
    due_at: datetime,
    new_id: NewId,
) -> Alert:
    return Alert(
        id=AlertId(new_id()),
        kind=kind,
        account_id=account_id,
        channel=channel,
        dedupe_key=f"{kind}:{visit.id}:{visit.version}:{channel}",
        due_at=due_at,
        owed_at=now,
        visit_id=visit.id,
        visit_version=visit.version,
    )
