from core.transaction import Transaction
from core.visits.slot import SlotId


def hold_slot(tx: Transaction, slot_id: SlotId) -> None:
    """Keep the slot for the acting patient while the details are checked; a hold on another slot is given back.

    Refuses with DeskClosed, SlotPast, SlotTaken and NotFound.
    """
    patient = tx.person.require_patient()
    tx.facility.require_open_desk(tx.now)
    slot = tx.slots.get_for_update(slot_id)
    slot.require_bookable(tx.now, tx.facility.booking.minimum_notice)
    tx.holds.require_not_held_by_others(slot_id, patient, tx.now)
    tx.holds.replace(slot_id, patient, expires_at=tx.now + tx.facility.booking.hold)
