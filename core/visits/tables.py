from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    Time,
    false,
    text,
)

from core.identity.person import Role
from core.storage.mapping import Choice, Moment, mapping
from core.visits.agenda import Agenda
from core.visits.doctor import Doctor
from core.visits.hold import Hold
from core.visits.outpatient_clinic import OutpatientClinic
from core.visits.slot import Slot
from core.visits.visit import HOLDS_ITS_SLOT, Visit, VisitStatus

clinics: Final = Table(
    "clinics",
    mapping.metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("name", String(120), nullable=False),
    Column("address", String(200), nullable=False),
    Column("preparation", Text, nullable=False),
    Column("code", String(40)),
)

doctors: Final = Table(
    "doctors",
    mapping.metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("name", String(120), nullable=False),
    Column("surname", String(60), nullable=False),
    Column("code", String(40)),
)

agendas: Final = Table(
    "agendas",
    mapping.metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("doctor_id", ForeignKey("doctors.id"), nullable=False),
    Column("clinic_id", ForeignKey("clinics.id"), nullable=False),
    Column("weekday", Integer, nullable=False),
    Column("starts", Time, nullable=False),
    Column("ends", Time, nullable=False),
    Column("visit_minutes", Integer, nullable=False),
    Column("code", String(40)),
    Column("valid_from", Date),
    Column("valid_until", Date),
    Column("made_until", Date),
)

slots: Final = Table(
    "slots",
    mapping.metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("agenda_id", ForeignKey("agendas.id"), nullable=False),
    Column("clinic_id", ForeignKey("clinics.id"), nullable=False),
    Column("doctor_id", ForeignKey("doctors.id"), nullable=False),
    Column("day", Date, nullable=False),
    Column("starts_at", Moment, nullable=False),
    Column("ends_at", Moment, nullable=False),
    Column("free", Boolean, nullable=False),
    Column("removed", Boolean, nullable=False, server_default=false()),
)
for _named in (clinics, doctors, agendas):
    Index(f"uq_{_named.name}_code", _named.c.code, unique=True)
_OFFERED: Final[dict[str, Any]] = {"sqlite_where": text("removed = 0"), "postgresql_where": text("NOT removed")}
_REMOVED: Final[dict[str, Any]] = {"sqlite_where": text("removed = 1"), "postgresql_where": text("removed")}
Index("uq_slots_doctor_start", slots.c.doctor_id, slots.c.starts_at, unique=True, **_OFFERED)
Index("ix_slots_removed", slots.c.doctor_id, slots.c.starts_at, **_REMOVED)
_FREE: Final[dict[str, Any]] = {"sqlite_where": text("free = 1"), "postgresql_where": text("free")}
Index("ix_slots_free", slots.c.clinic_id, slots.c.starts_at, **_FREE)
Index("ix_slots_free_doctor", slots.c.clinic_id, slots.c.doctor_id, slots.c.starts_at, **_FREE)
Index("ix_slots_free_day", slots.c.clinic_id, slots.c.day, **_FREE)
Index("ix_slots_free_doctor_day", slots.c.clinic_id, slots.c.doctor_id, slots.c.day, **_FREE)

holds: Final = Table(
    "holds",
    mapping.metadata,
    Column("slot_id", ForeignKey("slots.id"), primary_key=True),
    Column("patient_id", ForeignKey("patients.id"), nullable=False, unique=True),
    Column("expires_at", Moment, nullable=False),
)

visits: Final = Table(
    "visits",
    mapping.metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("patient_id", ForeignKey("patients.id"), nullable=False),
    Column("slot_id", ForeignKey("slots.id"), nullable=False),
    Column("clinic_id", ForeignKey("clinics.id"), nullable=False),
    Column("doctor_id", ForeignKey("doctors.id"), nullable=False),
    Column("starts_at", Moment, nullable=False),
    Column("ends_at", Moment, nullable=False),
    Column("status", Choice(VisitStatus), nullable=False),
    Column("version", Integer, nullable=False),
    Column("booked_at", Moment, nullable=False),
    Column("moved_at", Moment),
    Column("cancelled_at", Moment),
    Column("cancelled_by", Choice(Role)),
    Column("cancel_reason", Text),
    Column("coming_at", Moment),
)
_LIVE: Final = text("status IN ({})".format(", ".join(f"'{status.value}'" for status in HOLDS_ITS_SLOT)))
Index("uq_visits_live_slot", visits.c.slot_id, unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE)
Index("ix_visits_slot", visits.c.slot_id)
Index("ix_visits_patient", visits.c.patient_id, visits.c.starts_at)
Index("ix_visits_doctor", visits.c.doctor_id, visits.c.starts_at)

mapping.keep(OutpatientClinic, clinics)
mapping.keep(Doctor, doctors)
mapping.keep(Agenda, agendas)
mapping.keep(Slot, slots)
mapping.keep(Hold, holds)
mapping.keep(Visit, visits)
