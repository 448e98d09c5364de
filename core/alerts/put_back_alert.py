from core.alerts.alert import AlertId
from core.transaction import Transaction


def put_back_alert(tx: Transaction, alert_id: AlertId, certain: bool) -> None:
    """Owe the alert, and those carried with it, again later; `certain` is whether they surely did not arrive."""
    tx.person.require_clockwork()
    for alert in tx.alerts.in_hands([alert_id])[alert_id]:
        alert.put_back(tx.now, certain)
