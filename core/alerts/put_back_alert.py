from datetime import datetime

from core.alerts.alert import AlertId, AlertState
from core.transaction import Transaction


def put_back_alert(tx: Transaction, alert_id: AlertId, due_at: datetime, certain: bool) -> None:
    """Owe the alert again at `due_at`; `certain` is whether it surely did not arrive, so that the try is no try."""
    tx.person.require_clockwork()
    alert = tx.alerts.get(alert_id)
    alert.state, alert.due_at, alert.leased_until = AlertState.WAITING, due_at, None
    if certain:
        alert.tries -= 1
