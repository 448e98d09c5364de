from core.alerts.alert import AlertId, AlertState
from core.transaction import Transaction


def settle_alert(tx: Transaction, alert_id: AlertId, state: str) -> None:
    """Write down how an alert ended."""
    tx.person.require_clockwork()
    alert = tx.alerts.get(alert_id)
    alert.state, alert.ended_at, alert.leased_until = AlertState(state), tx.now, None
