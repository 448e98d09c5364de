from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, delete, or_, select

from core.identity.person import PatientId
from core.identity.tables import patients
from core.storage.memory import Memory
from core.storage.prepared import Prepared
from core.visits.hold import Hold
from core.visits.refusals import SlotTaken
from core.visits.slot import SlotId
from core.visits.tables import holds

_MINE: Final = holds.c.patient_id == bindparam("patient")
_LOCK: Final = Prepared(
    select(patients.c.id).where(patients.c.id == bindparam("patient")).with_for_update(key_share=True)
)
_GIVE_BACK: Final = Prepared(delete(holds).where(or_(_MINE, holds.c.slot_id == bindparam("slot"))))
_RELEASE: Final = Prepared(delete(holds).where(_MINE))
_HOLD: Final = Prepared(holds.insert())


class HoldStore:
    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    def require_not_held_by_others(self, slot_id: SlotId, patient: PatientId, now: datetime) -> None:
        """Refuse with SlotTaken while another patient's confirmation of this slot is awaited."""
        hold = self._memory.get(Hold, slot_id)
        if hold is not None and hold.patient_id != patient and hold.expires_at > now:
            raise SlotTaken(slot_id)

    def replace(self, slot_id: SlotId, patient: PatientId, expires_at: datetime) -> None:
        """Hold this slot, and give back whatever the patient held before: one hold a person.

        Whoever taps on several times at once has them held one after another.
        """
        self._memory.tell(_LOCK, {"patient": patient})
        self._memory.tell(_GIVE_BACK, {"patient": patient, "slot": slot_id})
        self._memory.tell(_HOLD, {"slot_id": slot_id, "patient_id": patient, "expires_at": expires_at})

    def release(self, patient: PatientId) -> None:
        self._memory.tell(_RELEASE, {"patient": patient})
