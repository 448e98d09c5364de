from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import product
from typing import Any, Final

from sqlalchemy import Date, Select, and_, bindparam, delete, exists, false, func, select, true, update

from core.identity.person import Person
from core.storage.memory import Memory
from core.storage.prepared import Prepared, Row
from core.visits.cards import DoctorChoice, SlotCard
from core.visits.doctor import DoctorId
from core.visits.loading.comparison import Standing, Wanted
from core.visits.outpatient_clinic import ClinicId
from core.visits.slot import Slot, SlotId
from core.visits.store.catalogue import not_over
from core.visits.store.found import found
from core.visits.tables import agendas, clinics, doctors, holds, slots, visits
from core.visits.visit import HOLDS_ITS_SLOT

LONGEST_SLOT: Final = timedelta(hours=8)


# Put together once: every screen on the way to a booking asks them. What somebody else holds is not free.
_HELD_BY_OTHERS: Final = exists().where(
    holds.c.slot_id == slots.c.id, holds.c.expires_at > bindparam("now"), holds.c.patient_id != bindparam("me")
)
_FREE_BEFORE: Final = and_(
    slots.c.clinic_id == bindparam("clinic"),
    slots.c.free == true(),
    slots.c.starts_at < bindparam("until"),
    ~_HELD_BY_OTHERS,
)
_IS_FREE: Final = and_(_FREE_BEFORE, slots.c.starts_at >= bindparam("after"))
_OF_DOCTOR: Final = slots.c.doctor_id == bindparam("doctor")
_CARDS: Final[Select[*tuple[Any, ...]]] = (
    select(
        slots.c.id,
        slots.c.clinic_id,
        slots.c.doctor_id,
        slots.c.day,
        slots.c.starts_at,
        doctors.c.name,
        doctors.c.surname,
        clinics.c.name,
        clinics.c.address,
    )
    .select_from(slots)
    .join(doctors)
    .join(clinics)
)
_MY_HOLD: Final = and_(
    holds.c.slot_id == slots.c.id, holds.c.patient_id == bindparam("me"), holds.c.expires_at > bindparam("now")
)
_CARD_WITH_HOLD: Final = Prepared(
    _CARDS.add_columns(holds.c.expires_at).outerjoin(holds, _MY_HOLD).where(slots.c.id == bindparam("slot"))
)
_FIRST_FREE: Final = (
    select(slots.c.doctor_id, func.min(slots.c.starts_at).label("first_free"))
    .where(_IS_FREE)
    .group_by(slots.c.doctor_id)
    .subquery()
)
_WORKS_HERE: Final = exists().where(
    agendas.c.doctor_id == doctors.c.id,
    agendas.c.clinic_id == bindparam("clinic"),
    not_over(bindparam("today", type_=Date)),
)
_DOCTORS: Final = Prepared(
    select(doctors.c.id, doctors.c.name, _FIRST_FREE.c.first_free)
    .outerjoin(_FIRST_FREE, _FIRST_FREE.c.doctor_id == doctors.c.id)
    .where(_WORKS_HERE)
    .order_by(_FIRST_FREE.c.first_free.is_(None), _FIRST_FREE.c.first_free, doctors.c.surname)
)


def _free_days(of_doctor: bool) -> Select[*tuple[Any, ...]]:
    """From each day with something free straight to the next: one look a day, however many times are free in it."""
    here = [_OF_DOCTOR] if of_doctor else []
    first = select(slots.c.day).where(_IS_FREE, *here).order_by(slots.c.starts_at).limit(1)
    days = select(first.scalar_subquery().label("day")).cte("days", recursive=True)
    after = and_(slots.c.day > days.c.day, slots.c.day <= bindparam("last"))
    following = select(slots.c.day).where(_FREE_BEFORE, *here, after).order_by(slots.c.day).limit(1).correlate(days)
    days = days.union_all(select(following.scalar_subquery()).where(days.c.day.is_not(None)))
    return select(days.c.day).where(days.c.day.is_not(None))


def _free_cards(of_doctor: bool, latest_first: bool) -> Select[*tuple[Any, ...]]:
    start = slots.c.starts_at.desc() if latest_first else slots.c.starts_at.asc()
    query = _CARDS.where(_IS_FREE).order_by(start, doctors.c.surname).limit(bindparam("most"))
    return query.where(_OF_DOCTOR) if of_doctor else query


_FREE_DAYS: Final = {of_doctor: Prepared(_free_days(of_doctor)) for of_doctor in (False, True)}
_FREE: Final = {key: Prepared(_free_cards(*key)) for key in product((False, True), repeat=2)}

_ADD: Final = Prepared(slots.insert())


class SlotStore:
    """Slots as the acting person sees them: what somebody else holds is not free."""

    def __init__(self, memory: Memory, person: Person) -> None:
        self._memory = memory
        self._person = person

    def get_for_update(self, slot_id: SlotId) -> Slot:
        return found(self._memory.get(Slot, slot_id, for_update=True))

    def card(self, slot_id: SlotId, now: datetime) -> SlotCard:
        """The slot with the acting patient's own hold, if it still runs."""
        asked = {"slot": slot_id, "me": self._person.patient, "now": now}
        return SlotCard(*found(self._memory.row(_CARD_WITH_HOLD, asked)))

    def doctors(self, clinic_id: ClinicId, after: datetime, until: datetime, now: datetime) -> list[DoctorChoice]:
        """The clinic's doctors, the soonest free first."""
        asked = {"today": now.date(), **self._asked(clinic_id, None, after, until, now)}
        return [DoctorChoice(*row) for row in self._memory.rows(_DOCTORS, asked)]

    def free_days(
        self,
        clinic_id: ClinicId,
        doctor_id: DoctorId | None,
        after: datetime,
        until: datetime,
        last: date,
        now: datetime,
    ) -> frozenset[date]:
        """The days up to `last` with something free from `after` on and before `until`."""
        asked = {"last": last, **self._asked(clinic_id, doctor_id, after, until, now)}
        return frozenset(self._memory.column(_FREE_DAYS[doctor_id is not None], asked))

    def free(
        self,
        clinic_id: ClinicId,
        doctor_id: DoctorId | None,
        after: datetime,
        until: datetime,
        now: datetime,
        limit: int,
        latest_first: bool = False,
    ) -> list[SlotCard]:
        """The first free slots from `after` on and before `until`, soonest first (or the last ones, latest first)."""
        asked = {"most": limit, **self._asked(clinic_id, doctor_id, after, until, now)}
        query = _FREE[doctor_id is not None, latest_first]
        return [SlotCard(*row) for row in self._memory.rows(query, asked)]

    def add_many(self, rows: Sequence[dict[str, object]]) -> None:
        self._memory.tell_all(_ADD, rows)

    def standing(self, doctor_id: DoctorId, since: datetime, until: datetime) -> list[Standing]:
        """The doctor's slots that end after `since` and begin before `until`, removed or not; nobody takes one now."""
        self._person.require_clockwork()
        found: list[Row] = []
        for removed in (false(), true()):
            query = select(
                slots.c.id, slots.c.agenda_id, slots.c.clinic_id, slots.c.starts_at, slots.c.ends_at, slots.c.removed
            ).where(
                slots.c.doctor_id == doctor_id,
                slots.c.removed == removed,
                slots.c.starts_at > since - LONGEST_SLOT,
                slots.c.starts_at < until,
                slots.c.ends_at > since,
            )
            found += self._memory.rows(query.order_by(slots.c.starts_at).with_for_update())
        ids = [row[0] for row in found]
        referred = select(visits.c.slot_id, visits.c.id, visits.c.status).where(visits.c.slot_id.in_(ids))
        referring = self._memory.rows(referred)
        live = {slot: visit for slot, visit, status in referring if status in HOLDS_ITS_SLOT}
        kept = {slot for slot, _, _ in referring}
        kept.update(self._memory.column(select(holds.c.slot_id).where(holds.c.slot_id.in_(ids))))
        return [Standing(*(*row, live.get(row[0]), row[0] in kept)) for row in found]

    def withdraw(self, bereft: Sequence[Standing], closed: Sequence[Standing], superfluous: Sequence[Standing]) -> None:
        """Offer these no longer; the last ones, to which nothing refers, are deleted."""
        gone = [slot.id for slot in (*bereft, *closed)]
        if gone:
            self._memory.tell(update(slots).where(slots.c.id.in_(gone)).values(removed=True, free=False))
        if superfluous:
            self._memory.tell(delete(slots).where(slots.c.id.in_([slot.id for slot in superfluous])))

    def offer_again(self, returned: Sequence[Standing], fitted: Sequence[tuple[Standing, Wanted]]) -> None:
        """The first go on with their visits; the others are free, as wanted."""
        if returned:
            ids = [slot.id for slot in returned]
            self._memory.tell(update(slots).where(slots.c.id.in_(ids)).values(removed=False))
        for slot, want in fitted:
            changed = {"agenda_id": want.agenda_id, "ends_at": want.ends_at, "removed": False, "free": True}
            self._memory.tell(update(slots).where(slots.c.id == slot.id).values(changed))

    def _asked(
        self, clinic_id: ClinicId, doctor_id: DoctorId | None, after: datetime, until: datetime, now: datetime
    ) -> dict[str, Any]:
        asked = {"clinic": clinic_id, "after": after, "until": until, "now": now, "me": self._person.patient or 0}
        return asked if doctor_id is None else {**asked, "doctor": doctor_id}
