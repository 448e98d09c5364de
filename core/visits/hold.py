from dataclasses import dataclass
from datetime import datetime

from core.identity.person import PatientId
from core.visits.slot import SlotId


@dataclass(eq=False)
class Hold:
    """A slot that waits for one patient's confirmation; everybody else sees it as taken until `expires_at`."""

    slot_id: SlotId
    patient_id: PatientId
    expires_at: datetime
