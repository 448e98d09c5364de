from datetime import timedelta
from typing import Final

from core.alerts.alert import AlertState
from core.transaction import Transaction

LEASE: Final = timedelta(seconds=60)
MOST_TRIES: Final = 2


def claim_due_alerts(tx: Transaction, limit: int) -> tuple[int, ...]:
    """Lease what is due for LEASE and return the alerts' ids, in order.

    An alert whose lease ran out was in a courier's hands when the process died: it may have arrived. It is handed out
    once more, and then set aside as UNCERTAIN.
    """
    tx.person.require_clockwork()
    claimed: list[int] = []
    for alert in tx.alerts.due(tx.now, limit):
        if alert.tries >= MOST_TRIES:
            alert.state, alert.ended_at = AlertState.UNCERTAIN, tx.now
            continue
        alert.state, alert.leased_until = AlertState.LEASED, tx.now + LEASE
        alert.tries += 1
        claimed.append(alert.id)
    return tuple(claimed)
