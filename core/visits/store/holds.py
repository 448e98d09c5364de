from datetime import datetime

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from core.identity.person import PatientId
from core.identity.tables import patients
from core.visits.hold import Hold
from core.visits.refusals import SlotTaken
from core.visits.slot import SlotId
from core.visits.tables import holds


class HoldStore:
    def __init__(self, session: Session) -> None:
        self._session = session

    def require_not_held_by_others(self, slot_id: SlotId, patient: PatientId, now: datetime) -> None:
        """Refuse with SlotTaken while another patient's confirmation of this slot is awaited."""
        hold = self._session.get(Hold, slot_id)
        if hold is not None and hold.patient_id != patient and hold.expires_at > now:
            raise SlotTaken(slot_id)

    def replace(self, slot_id: SlotId, patient: PatientId, expires_at: datetime) -> None:
        """Hold this slot, and give back whatever the patient held before: one hold a person.

        Whoever taps on several times at once has them held one after another.
        """
        own = select(patients.c.id).where(patients.c.id == patient)
        self._session.execute(own.with_for_update(key_share=True))
        self._session.execute(delete(holds).where(or_(holds.c.patient_id == patient, holds.c.slot_id == slot_id)))
        self._session.execute(holds.insert().values(slot_id=slot_id, patient_id=patient, expires_at=expires_at))

    def release(self, patient: PatientId) -> None:
        self._session.execute(delete(holds).where(holds.c.patient_id == patient))
