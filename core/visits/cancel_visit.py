from core.alerts.alert import AlertKind
from core.alerts.owed import confirmations
from core.transaction import Transaction
from core.visits.visit import VisitId


def cancel_visit(tx: Transaction, visit_id: VisitId, reason: str | None) -> None:
    """Cancel and free the slot; who, when and why is kept (DIAMED-15). Nothing more is owed about this visit than the
    confirmation by e-mail, which takes it out of the calendar.

    Refuses with DeskClosed, VisitNotLive, TooLateToChange, ReasonTooLong and NotFound.
    """
    visit = tx.visits.get_for_update(visit_id)
    tx.facility.require_open_desk(tx.now)
    visit.cancel(now=tx.now, by=tx.person.role, reason=reason, facility=tx.facility)
    tx.slots.get_for_update(visit.slot_id).release()
    tx.alerts.withdraw_about(visit_id, tx.now)
    account_id = tx.person.require_account()
    tx.alerts.owe(*confirmations(AlertKind.VISIT_CANCELLED, visit, account_id, tx.facility, tx.now, tx.new_id))
