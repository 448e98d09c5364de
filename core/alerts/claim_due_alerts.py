from core.alerts.alert import MOST_TRIES, AlertId, AlertKind, AlertState
from core.facility.profile import Channel
from core.transaction import Transaction


def claim_due_alerts(tx: Transaction, channel: Channel, limit: int) -> tuple[int, ...]:
    """Lease what is due on this channel and return the alerts to carry, in order, by their ids.

    An alert whose lease ran out was in a courier's hands when the process died: it may have arrived. It is handed out
    once more, and then set aside as UNCERTAIN. Reminders of one day go in one message, the first one's; they wait out
    the night (DIAMED-3).
    """
    tx.person.require_clockwork()
    awake, zone = tx.facility.alerts.awake, tx.facility.timezone
    leads: dict[object, AlertId] = {}
    for alert in tx.alerts.due(channel, tx.now, limit):
        if alert.tries >= MOST_TRIES:
            alert.end(AlertState.UNCERTAIN, tx.now)
        elif alert.kind is AlertKind.REMINDER and not awake.cover(tx.now, zone):
            alert.due_at = awake.next_from(tx.now, zone)
        else:
            alert.lease(tx.now)
            lead = leads.setdefault((alert.account_id, alert.day) if alert.day else alert.id, alert.id)
            alert.carried_with = None if lead == alert.id else lead
    return tuple(leads.values())
