from core.alerts.alert import FAILURES, AlertId, AlertState
from core.alerts.ladder import Ladder
from core.transaction import Transaction


def settle_alert(
    tx: Transaction, alert_id: AlertId, state: str, posted: tuple[str, ...] = (), reason: str = ""
) -> None:
    """Write down how an alert ended, with those carried with it; where it failed, the next channel's turn comes.

    `posted`: the carrier's names for the message, by which its receipts speak of it, perhaps before we hear of them.
    `reason`: the number with which a carrier refused it.
    """
    tx.person.require_clockwork()
    receipt = tx.alerts.keep_postings(alert_id, posted, tx.now) if posted else None
    for alert in tx.alerts.in_hands(alert_id):
        alert.end(AlertState(state), tx.now)
        alert.note_receipt(receipt)
        if alert.state in FAILURES:
            Ladder(tx).step_down(alert)
        if alert.id == alert_id and alert.state is AlertState.REFUSED:
            Ladder(tx).leave_to_people(alert, reason)
