from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from core.facility.closed_days import closed_days
from core.support.case import CaseKind, about_visit
from core.transaction import Transaction
from core.visits.agenda import Agenda
from core.visits.doctor import DoctorId
from core.visits.loading.comparison import Wanted, compare
from core.visits.loading.tally import Settled

SLOTS_AT_ONCE: Final = 500


def settle_slots(tx: Transaction, doctor_id: DoctorId, first: date) -> Settled:
    """Make, change and close the doctor's slots as the agendas want them, from `first` (today at the earliest).

    It goes up to the booking horizon, or as far as a transaction should; `next_day` says where to go on. Slots that are
    right are not touched. A visit whose slot left the agenda stays, and opens a case for the operators, once.
    """
    tx.person.require_clockwork()
    today, horizon = tx.facility.day_of(tx.now), tx.facility.day_of(tx.now + tx.facility.booking.horizon)
    first = max(first, today)
    agendas = tx.catalogue.agendas_of(doctor_id)
    last = min(horizon, first + _span(agendas) - timedelta(days=1))
    if last < first:
        return Settled()
    since, until = max(tx.now, _midnight(tx, first)), _midnight(tx, last + timedelta(days=1))
    found = compare(_wanted(tx, agendas, first, last), tx.slots.standing(doctor_id, since, until), since)
    tx.slots.withdraw(found.bereft, found.closed, found.superfluous)
    tx.slots.offer_again(found.returned, found.fitted)
    tx.slots.add_many([_row(tx, doctor_id, want) for want in found.new])
    for slot in found.bereft:
        if slot.visit is not None:
            tx.cases.open(about_visit(tx.new_id(), CaseKind.SLOT_REMOVED, slot.visit, str(slot.id), tx.now))
    for agenda in agendas:
        agenda.note_made(first, last, today)
    return Settled(
        made=len(found.new),
        changed=len(found.fitted) + len(found.returned),
        closed=len(found.closed) + sum(not slot.removed for slot in found.superfluous),
        without_time=len(found.bereft),
        next_day=last + timedelta(days=1) if last < horizon else None,
    )


def _span(agendas: Sequence[Agenda]) -> timedelta:
    """As many whole weeks as hold few enough slots, one at least."""
    a_week = sum(agenda.most_slots_a_week for agenda in agendas)
    return timedelta(weeks=max(1, SLOTS_AT_ONCE // max(1, a_week)))


def _wanted(tx: Transaction, agendas: Sequence[Agenda], first: date, last: date) -> Iterator[Wanted]:
    closed = closed_days(tx.facility.country, first, last)
    for agenda in agendas:
        for day, starts_at, ends_at in agenda.visits_between(first, last, tx.facility.timezone, closed):
            yield Wanted(agenda.id, agenda.clinic_id, day, starts_at, ends_at)


def _row(tx: Transaction, doctor_id: DoctorId, want: Wanted) -> dict[str, object]:
    return {
        "id": tx.new_id(),
        "agenda_id": want.agenda_id,
        "clinic_id": want.clinic_id,
        "doctor_id": doctor_id,
        "day": want.day,
        "starts_at": want.starts_at,
        "ends_at": want.ends_at,
        "free": True,
        "removed": False,
    }


def _midnight(tx: Transaction, day: date) -> datetime:
    return datetime.combine(day, time.min, tx.facility.timezone)
