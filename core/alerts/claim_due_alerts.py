from collections.abc import Sequence

from core.alerts.alert import MOST_TRIES, Alert, AlertId, AlertKind, AlertState
from core.alerts.ladder import Ladder
from core.facility.profile import Channel
from core.transaction import Transaction


def claim_due_alerts(tx: Transaction, channel: Channel, limit: int) -> tuple[int, ...]:
    """Lease the next message of so many people on this channel and return the alerts to carry, by their ids.

    Nobody has two messages in hand on one channel, whoever carries them: so each chat keeps its order. An alert whose
    lease ran out was in a courier's hands when the process died: it may have arrived. It is handed out once more, and
    then set aside as UNCERTAIN, for people to look after. Reminders go in one message, the first one's; they wait out
    the night (DIAMED-3).
    """
    tx.person.require_clockwork()
    messages = [_next_message(tx, owed) for owed in tx.alerts.due(channel, tx.now, limit)]
    return tuple(message for message in messages if message is not None)


def _next_message(tx: Transaction, owed: Sequence[Alert]) -> AlertId | None:
    """Lease what the person is told next; None where nothing may leave now."""
    ready = [alert for alert in owed if _may_leave(tx, alert)]
    if not ready:
        return None
    lead = ready[0]
    for alert in ready:
        if alert is lead or alert.kind is lead.kind is AlertKind.REMINDER:
            alert.lease(tx.now)
            alert.carried_with = None if alert is lead else lead.id
    return lead.id


def _may_leave(tx: Transaction, alert: Alert) -> bool:
    awake, zone = tx.facility.alerts.awake, tx.facility.timezone
    if alert.tries >= MOST_TRIES:
        alert.end(AlertState.UNCERTAIN, tx.now)
        Ladder(tx).leave_in_doubt(alert)
        return False
    if alert.kind is AlertKind.REMINDER and not awake.cover(tx.now, zone):
        alert.wait_for_morning(awake.next_from(tx.now, zone))
        return False
    return True
