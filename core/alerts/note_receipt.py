from core.alerts.alert import FAILURES
from core.alerts.ladder import Ladder
from core.transaction import Transaction


def note_receipt(tx: Transaction, message_id: str, delivered: bool) -> None:
    """What a carrier says afterwards of a message it had taken; one that did not arrive goes down the ladder."""
    tx.person.require_clockwork()
    alert_id = tx.alerts.note_receipt(message_id, delivered, tx.now)
    if alert_id is None:
        return
    receipt = tx.alerts.receipt_of(alert_id)
    for alert in tx.alerts.in_hands([alert_id])[alert_id]:
        before = alert.state
        alert.note_receipt(receipt)
        if alert.state is not before and alert.state in FAILURES:
            Ladder(tx).step_down(alert)
