from core.alerts.alert import AlertKind
from core.alerts.owed import confirmations, reminders
from core.transaction import Transaction
from core.visits.slot import SlotId
from core.visits.visit import Visit, VisitId


def book_visit(tx: Transaction, slot_id: SlotId) -> VisitId:
    """Book the slot for the acting patient, and owe confirmation and reminder (DIAMED-2, DIAMED-3, DIAMED-13).

    Returns the visit's id.
    Asking again for a slot that is the patient's own already returns that visit. A hold that ran out is no obstacle as
    long as nobody else took the slot. Refuses with DeskClosed, SlotPast, SlotTaken, PatientBusy and NotFound.
    """
    patient = tx.person.require_patient()
    slot = tx.slots.get_for_update(slot_id)
    already = tx.visits.live_on(slot_id)
    if already is not None:
        return already
    tx.facility.require_open_desk(tx.now)
    tx.holds.require_not_held_by_others(slot_id, patient, tx.now)
    slot.take(tx.now, tx.facility.booking.minimum_notice)
    tx.visits.require_patient_free(slot)
    visit = Visit.book(VisitId(tx.new_id()), patient, slot, tx.now)
    tx.visits.add(visit)
    tx.holds.release(patient)
    account = tx.accounts.own()
    tx.alerts.owe(
        *confirmations(AlertKind.VISIT_BOOKED, visit, account.id, tx.facility, tx.now, tx.new_id),
        *reminders(visit, account, tx.facility, tx.now, tx.new_id),
    )
    return visit.id
