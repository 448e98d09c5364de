"""The clinics, doctors and agendas of a demo, as the clinic keeps them."""

from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Self
from zoneinfo import ZoneInfo

from core.demo.chance import draw_id
from core.demo.demo import Demo, DemoClinic
from core.visits.agenda import Agenda, AgendaId
from core.visits.doctor import Doctor, DoctorId
from core.visits.outpatient_clinic import ClinicId, OutpatientClinic
from core.visits.slot import Slot, SlotId


@dataclass(frozen=True, slots=True)
class Practice:
    """`described` leads from a clinic's id back to the words of the demo file."""

    clinics: tuple[OutpatientClinic, ...]
    doctors: tuple[Doctor, ...]
    agendas: tuple[Agenda, ...]
    described: dict[ClinicId, DemoClinic]

    @classmethod
    def of(cls, demo: Demo, chance: Random) -> Self:
        clinics, doctors, agendas = [], dict[str, Doctor](), []
        described = {}
        for words in demo.clinics:
            clinic = OutpatientClinic(ClinicId(draw_id(chance)), words.name, words.address, words.preparation)
            clinics.append(clinic)
            described[clinic.id] = words
            for there in words.doctors:
                if there.name not in doctors:
                    doctors[there.name] = Doctor(DoctorId(draw_id(chance)), there.name, there.surname)
                doctor = doctors[there.name]
                agendas += [
                    Agenda(
                        id=AgendaId(draw_id(chance)),
                        doctor_id=doctor.id,
                        clinic_id=clinic.id,
                        weekday=hours.weekday,
                        starts=hours.starts,
                        ends=hours.ends,
                        visit_minutes=there.minutes,
                    )
                    for hours in there.weekly
                ]
        return cls(tuple(clinics), tuple(doctors.values()), tuple(agendas), described)

    def clinic_named(self, name: str) -> ClinicId:
        return next(clinic.id for clinic in self.clinics if clinic.name == name)

    def slots_between(
        self, first: date, last: date, zone: ZoneInfo, closed: frozenset[date], chance: Random
    ) -> list[Slot]:
        """Every slot from `first` to `last`, both included, without closed days, in the order of their starts."""
        slots = [
            Slot(SlotId(draw_id(chance)), agenda.id, agenda.clinic_id, agenda.doctor_id, day, starts_at, ends_at)
            for agenda in self.agendas
            for day, starts_at, ends_at in agenda.visits_between(first, last, zone, closed)
        ]
        slots.sort(key=lambda slot: slot.starts_at)
        return slots
