from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, bindparam, select

from core.identity.person import Person, Role
from core.storage.fault import Violation
from core.storage.memory import Memory
from core.storage.prepared import Prepared
from core.visits.cards import VisitCard
from core.visits.refusals import PatientBusy, SlotTaken
from core.visits.slot import Slot, SlotId
from core.visits.store.found import found
from core.visits.tables import clinics, doctors, visits
from core.visits.visit import HOLDS_ITS_SLOT, Visit, VisitId, VisitStatus

# The schema's rules as each engine names them when they are broken.
PATIENT_OVERLAP: Final = "patient_overlap"
SLOT_RULES: Final = ("doctor_overlap", "uq_visits_live_slot", "visits.slot_id")


# Put together once: every booking and every screen asks them.
_MINE: Final = visits.c.patient_id == bindparam("mine")
_IS_LIVE: Final = visits.c.status.in_(HOLDS_ITS_SLOT)
_LIVE_ON: Final = Prepared(select(visits.c.id).where(visits.c.slot_id == bindparam("slot"), _MINE, _IS_LIVE))
_CLASH: Final = Prepared(
    select(visits.c.starts_at)
    .where(
        _MINE,
        _IS_LIVE,
        visits.c.starts_at < bindparam("before"),
        visits.c.ends_at > bindparam("after"),
        visits.c.id != bindparam("but"),
    )
    .limit(1)
)
_CARDS: Final[Select[*tuple[Any, ...]]] = (
    select(
        visits.c.id,
        visits.c.slot_id,
        visits.c.clinic_id,
        visits.c.doctor_id,
        visits.c.starts_at,
        visits.c.ends_at,
        doctors.c.name,
        doctors.c.surname,
        clinics.c.name,
        clinics.c.address,
        clinics.c.preparation,
        visits.c.status,
        visits.c.version,
        visits.c.coming_at,
    )
    .select_from(visits)
    .join(doctors)
    .join(clinics)
)
_THIS: Final = visits.c.id == bindparam("visit")
_CARD: Final = Prepared(_CARDS.where(_THIS))
_THESE_CARDS: Final = Prepared(_CARDS.where(visits.c.id.in_(bindparam("visits", expanding=True))))
_OWN_CARD: Final = Prepared(_CARDS.where(_THIS, _MINE))
_AHEAD: Final = _CARDS.where(_IS_LIVE, visits.c.ends_at > bindparam("now")).order_by(visits.c.starts_at)
_PLANNED: Final = Prepared(_AHEAD)
_OWN_PLANNED: Final = Prepared(_AHEAD.where(_MINE))
_CHANGED: Final = Prepared(select(visits).where(_THIS).with_for_update())
_OWN_CHANGED: Final = Prepared(select(visits).where(_THIS, _MINE).with_for_update())
_ADD: Final = Prepared(visits.insert())


class VisitStore:
    """Visits of the acting patient; the clockwork sees all."""

    def __init__(self, memory: Memory, person: Person) -> None:
        self._memory = memory
        self._person = person

    def add(self, visit: Visit) -> None:
        self._memory.add(visit)
        self.settle(visit)

    def settle(self, visit: Visit) -> None:
        """Write now, so that the schema's own word on capacity comes here; refuses with SlotTaken or PatientBusy."""
        slot_id, starts_at = visit.slot_id, visit.starts_at
        try:
            self._memory.flush()
        except Violation as rule:
            broken = str(rule)
            if PATIENT_OVERLAP in broken:
                raise PatientBusy(starts_at) from None
            if any(rule in broken for rule in SLOT_RULES):
                raise SlotTaken(slot_id) from None
            raise

    def get_for_update(self, visit_id: VisitId) -> Visit:
        query = _CHANGED if self._sees_all else _OWN_CHANGED
        return found(self._memory.thing(Visit, query, {"visit": visit_id, **self._me()}))

    def live_on(self, slot_id: SlotId) -> VisitId | None:
        """The acting patient's own live visit in this slot."""
        mine = self._person.require_patient()
        live: VisitId | None = self._memory.value(_LIVE_ON, {"slot": slot_id, "mine": mine})
        return live

    def require_patient_free(self, slot: Slot, but: VisitId | None = None) -> None:
        """Refuse with PatientBusy when the acting patient is elsewhere during this slot."""
        asked = {
            "mine": self._person.require_patient(),
            "after": slot.starts_at,
            "before": slot.ends_at,
            "but": but or 0,
        }
        clash = self._memory.value(_CLASH, asked)
        if clash is not None:
            raise PatientBusy(clash)

    def ahead(self, now: datetime) -> Sequence[Visit]:
        """The acting patient's confirmed visits that have not begun, soonest first."""
        confirmed = [visits.c.status == VisitStatus.CONFIRMED, visits.c.starts_at > now]
        query = select(visits).where(*self._mine(), *confirmed).order_by(visits.c.starts_at)
        return self._memory.things(Visit, query)

    def planned(self, now: datetime) -> list[VisitCard]:
        """What lies ahead, soonest first (DIAMED-14)."""
        query = _PLANNED if self._sees_all else _OWN_PLANNED
        return [VisitCard(*row) for row in self._memory.rows(query, {"now": now, **self._me()})]

    def card(self, visit_id: VisitId) -> VisitCard:
        query = _CARD if self._sees_all else _OWN_CARD
        return VisitCard(*found(self._memory.row(query, {"visit": visit_id, **self._me()})))

    def cards(self, visit_ids: Sequence[VisitId]) -> dict[VisitId, VisitCard]:
        """Anybody's visits, for the clockwork."""
        self._person.require_clockwork()
        rows = self._memory.rows(_THESE_CARDS, {"visits": visit_ids}) if visit_ids else ()
        return {row[0]: VisitCard(*row) for row in rows}

    def add_many(self, rows: Sequence[dict[str, object]]) -> None:
        self._memory.tell_all(_ADD, rows)

    @property
    def _sees_all(self) -> bool:
        return self._person.role is Role.CLOCKWORK

    def _me(self) -> dict[str, Any]:
        return {} if self._sees_all else {"mine": self._person.require_patient()}

    def _mine(self) -> list[ColumnElement[bool]]:
        return [] if self._sees_all else [visits.c.patient_id == self._person.require_patient()]
