"""What a patient has chosen so far in a booking or a move: ids and dates only."""

from datetime import date

from aiogram_dialog import DialogManager

from core.visits.doctor import DoctorId
from core.visits.outpatient_clinic import ClinicId
from core.visits.slot import SlotId
from core.visits.visit import VisitId


class Choice:
    """Typed access to the open form; every value survives until another one is chosen."""

    def __init__(self, manager: DialogManager) -> None:
        self._kept = manager.dialog_data

    @property
    def clinic(self) -> ClinicId:
        return ClinicId(self._kept["clinic"])

    @clinic.setter
    def clinic(self, clinic_id: ClinicId) -> None:
        if self._kept.get("clinic") != clinic_id:
            self._kept.pop("doctor", None)
        self._kept["clinic"] = clinic_id

    @property
    def doctor(self) -> DoctorId | None:
        """None is any doctor."""
        kept = self._kept.get("doctor")
        return None if kept is None else DoctorId(kept)

    @doctor.setter
    def doctor(self, doctor_id: DoctorId | None) -> None:
        self._kept["doctor"] = doctor_id

    @property
    def day(self) -> date:
        return date.fromordinal(self._kept["day"])

    @day.setter
    def day(self, day: date) -> None:
        self._kept["day"] = day.toordinal()

    @property
    def slot(self) -> SlotId:
        return SlotId(self._kept["slot"])

    @slot.setter
    def slot(self, slot_id: SlotId) -> None:
        self._kept["slot"] = slot_id

    @property
    def visit(self) -> VisitId:
        """The visit that came of it, or that is being moved."""
        return VisitId(self._kept["visit"])

    @visit.setter
    def visit(self, visit_id: VisitId) -> None:
        self._kept["visit"] = visit_id

    @property
    def lost(self) -> SlotId:
        """The slot that somebody else took, as the refusal told it."""
        return SlotId(self._kept["refused"]["slot_id"])
