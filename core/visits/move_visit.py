from core.alerts.alert import AlertKind
from core.alerts.owed import confirmations, reminders
from core.transaction import Transaction
from core.visits.slot import SlotId
from core.visits.visit import VisitId


def move_visit(tx: Transaction, visit_id: VisitId, slot_id: SlotId) -> None:
    """Take the new slot and free the old one at once (DIAMED-15); a refusal leaves the old visit untouched.

    Refuses with DeskClosed, VisitNotLive, TooLateToChange, SlotPast, SlotTaken, PatientBusy and NotFound.
    """
    patient = tx.person.require_patient()
    visit = tx.visits.get_for_update(visit_id)
    if visit.slot_id == slot_id:
        return
    tx.facility.require_open_desk(tx.now)
    old, new = tx.slots.get_for_update(visit.slot_id), tx.slots.get_for_update(slot_id)
    tx.holds.require_not_held_by_others(slot_id, patient, tx.now)
    new.take(tx.now, tx.facility.booking.minimum_notice)
    tx.visits.require_patient_free(new, but=visit_id)
    visit.move(new, tx.now, tx.facility)
    old.release()
    tx.visits.settle(visit)
    tx.holds.release(patient)
    tx.alerts.withdraw_about(visit_id, tx.now)
    account = tx.accounts.own()
    tx.alerts.owe(
        *confirmations(AlertKind.VISIT_MOVED, visit, account.id, tx.facility, tx.now, tx.new_id),
        *reminders(visit, account, tx.facility, tx.now, tx.new_id),
    )
