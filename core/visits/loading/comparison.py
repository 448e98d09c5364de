"""A doctor's slots as the agendas want them, beside the slots that stand."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from core.visits.agenda import AgendaId
from core.visits.outpatient_clinic import ClinicId
from core.visits.slot import SlotId
from core.visits.visit import VisitId


@dataclass(frozen=True, slots=True)
class Wanted:
    agenda_id: AgendaId
    clinic_id: ClinicId
    day: date
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """`visit` is a live one; `kept`: a hold or a visit of the past refers to the slot, so that it cannot be deleted."""

    id: SlotId
    agenda_id: AgendaId
    clinic_id: ClinicId
    starts_at: datetime
    ends_at: datetime
    removed: bool
    visit: VisitId | None = None
    kept: bool = False


@dataclass(slots=True)
class Differences:
    """What is to be done, in this order.

    `bereft`: live visits stay on these slots, which left the agenda; `returned`: they are back in it. `superfluous`
    slots are deleted, `closed` ones only marked. `fitted`: slots to be offered again, or otherwise, as wanted.
    """

    bereft: list[Standing] = field(default_factory=list)
    closed: list[Standing] = field(default_factory=list)
    superfluous: list[Standing] = field(default_factory=list)
    returned: list[Standing] = field(default_factory=list)
    fitted: list[tuple[Standing, Wanted]] = field(default_factory=list)
    new: list[Wanted] = field(default_factory=list)


def compare(wanted: Iterable[Wanted], standing: Sequence[Standing], since: datetime) -> Differences:
    """One doctor's slots from `since` on; those that began before are only in the way.

    A slot is the same where doctor, clinic and start are: that is what a patient who is just confirming has read. A
    visit keeps its slot and its length while its start is wanted, and nothing is offered over it.
    """
    differences, at_place = Differences(), dict[tuple[datetime, ClinicId], Standing]()
    for slot in sorted(standing, key=lambda slot: (slot.visit is None, slot.removed)):
        if slot.starts_at >= since:
            at_place.setdefault((slot.starts_at, slot.clinic_id), slot)
    visited = sorted((slot.starts_at, slot.ends_at) for slot in standing if slot.visit is not None)
    same, free_from = set[SlotId](), datetime.min.replace(tzinfo=UTC)
    for want in sorted(wanted, key=lambda want: want.starts_at):
        there = at_place.get((want.starts_at, want.clinic_id))
        if want.starts_at < since:
            continue
        if there is not None and there.visit is not None:
            same.add(there.id)
            if there.removed:
                differences.returned.append(there)
        elif want.starts_at >= free_from and not _busy(visited, want):
            free_from = want.ends_at
            if there is None:
                differences.new.append(want)
                continue
            same.add(there.id)
            if there.removed or (there.agenda_id, there.ends_at) != (want.agenda_id, want.ends_at):
                differences.fitted.append((there, want))
    for slot in standing:
        if slot.starts_at < since or slot.id in same:
            continue
        if slot.visit is not None:
            if not slot.removed:
                differences.bereft.append(slot)
        elif not slot.kept:
            differences.superfluous.append(slot)
        elif not slot.removed:
            differences.closed.append(slot)
    return differences


def _busy(visited: Sequence[tuple[datetime, datetime]], want: Wanted) -> bool:
    """Whether a visit of the doctor lasts into the wanted time; visits never overlap each other."""
    before = bisect_left(visited, (want.ends_at, want.ends_at))
    return before > 0 and visited[before - 1][1] > want.starts_at
