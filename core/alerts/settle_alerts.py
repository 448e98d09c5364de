from collections.abc import Sequence
from dataclasses import dataclass

from core.alerts.alert import FAILURES, Alert, AlertId, AlertState
from core.alerts.ladder import Ladder
from core.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Ending:
    """How a message ended.

    `posted`: the carrier's names for it, by which its receipts speak of it, perhaps before we hear of them. `reason`:
    the number with which a carrier refused it.
    """

    alert_id: AlertId
    state: AlertState
    posted: tuple[str, ...] = ()
    reason: str = ""


def settle_alerts(tx: Transaction, endings: Sequence[Ending]) -> None:
    """Write down how alerts ended, with those carried with them; where one failed, the next channel's turn comes."""
    tx.person.require_clockwork()
    carried = tx.alerts.in_hands([ending.alert_id for ending in endings])
    for ending in endings:
        _settle(tx, ending, carried[ending.alert_id])


def _settle(tx: Transaction, ending: Ending, carried: Sequence[Alert]) -> None:
    receipt = tx.alerts.keep_postings(ending.alert_id, ending.posted, tx.now) if ending.posted else None
    for alert in carried:
        alert.end(ending.state, tx.now)
        alert.note_receipt(receipt)
        if alert.state in FAILURES:
            Ladder(tx).step_down(alert)
        if alert.id == ending.alert_id and alert.state is AlertState.REFUSED:
            Ladder(tx).leave_to_people(alert, ending.reason)
