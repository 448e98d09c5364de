"""Whatever stood and whatever is wanted: afterwards it is right, and a second look finds nothing to do."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count, pairwise
from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from core.visits.agenda import AgendaId
from core.visits.loading.comparison import Differences, Standing, Wanted, compare
from core.visits.outpatient_clinic import ClinicId
from core.visits.slot import SlotId
from core.visits.visit import VisitId

DAY: Final = date(2026, 11, 24)
MIDNIGHT: Final = datetime(2026, 11, 24, tzinfo=UTC)
NOW: Final = MIDNIGHT + timedelta(hours=1)
NOTHING: Final = Differences()


@st.composite
def grids(draw: st.DrawFn) -> list[Wanted]:
    """An agenda of a few hours, or two of them one after the other."""
    wanted, hour = [], 0
    for agenda in draw(st.lists(st.sampled_from([1, 2]), min_size=0, max_size=2, unique=True)):
        hour += draw(st.integers(0, 2))
        minutes = draw(st.sampled_from([20, 30, 40, 60]))
        clinic = draw(st.sampled_from([11, 12]))
        starts, ends = MIDNIGHT + timedelta(hours=hour), MIDNIGHT + timedelta(hours=hour + 2)
        while starts + timedelta(minutes=minutes) <= ends:
            end = starts + timedelta(minutes=minutes)
            wanted.append(Wanted(AgendaId(agenda), ClinicId(clinic), DAY, starts, end))
            starts = end
        hour += 2
    return wanted


def applied(standing: list[Standing], differences: Differences, ids: "count[int]") -> list[Standing]:
    """What the memory holds afterwards."""
    slots = {slot.id: slot for slot in standing}
    for slot in (*differences.bereft, *differences.closed):
        slots[slot.id] = replace(slot, removed=True)
    for slot in differences.superfluous:
        assert not slot.kept
        assert slot.visit is None
        del slots[slot.id]
    for slot in differences.returned:
        slots[slot.id] = replace(slot, removed=False)
    for slot, want in differences.fitted:
        assert (slot.starts_at, slot.clinic_id) == (want.starts_at, want.clinic_id)
        slots[slot.id] = replace(slot, removed=False, agenda_id=want.agenda_id, ends_at=want.ends_at)
    for want in differences.new:
        slot_id = SlotId(next(ids))
        slots[slot_id] = Standing(slot_id, want.agenda_id, want.clinic_id, want.starts_at, want.ends_at, removed=False)
    return list(slots.values())


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Standing], list[Wanted]]:
    """A doctor's slots after some changes of agenda, with visits and holds between them, and what is wanted next."""
    ids, standing = count(1), list[Standing]()
    for _ in range(draw(st.integers(1, 3))):
        standing = applied(standing, compare(draw(grids()), standing, MIDNIGHT), ids)
        for place, slot in enumerate(standing):
            happens = draw(st.sampled_from(["nothing", "nothing", "booked", "cancelled"]))
            if happens == "booked" and not slot.removed:
                standing[place] = replace(slot, visit=VisitId(slot.id), kept=True)
            elif happens == "cancelled":
                standing[place] = replace(slot, visit=None, kept=slot.visit is not None or slot.kept)
    return standing, draw(grids())


@given(histories())
def test_after_settling_the_agenda_is_kept_and_every_visit_accounted_for(
    history: tuple[list[Standing], list[Wanted]],
) -> None:
    standing, wanted = history
    differences = compare(wanted, standing, NOW)
    after = applied(standing, differences, count(1000))

    ahead = sorted((slot for slot in after if slot.starts_at >= NOW), key=lambda slot: slot.starts_at)
    offered = [slot for slot in ahead if not slot.removed]
    places = {(want.starts_at, want.clinic_id) for want in wanted}
    assert all(before.ends_at <= later.starts_at for before, later in pairwise(offered)), "never two at once"
    assert all((slot.starts_at, slot.clinic_id) in places for slot in offered)
    visited = [slot for slot in after if slot.visit is not None]
    for slot in offered:
        overlapping = [it for it in visited if it.starts_at < slot.ends_at and it.ends_at > slot.starts_at]
        assert overlapping in ([], [slot]), "nothing is offered over a visit"
    for slot in ahead:
        if slot.visit is not None:
            assert slot.removed is ((slot.starts_at, slot.clinic_id) not in places)
    busy = [(slot.starts_at, slot.ends_at) for slot in visited]
    for want in wanted:
        if want.starts_at >= NOW and not any(s < want.ends_at and e > want.starts_at for s, e in busy):
            assert any(slot.starts_at == want.starts_at and slot.ends_at == want.ends_at for slot in offered)
    assert {slot.visit for slot in standing} - {None} == {slot.visit for slot in visited}, "no visit is lost"
    begun = [slot for slot in standing if slot.starts_at < NOW]
    assert [slot for slot in after if slot.starts_at < NOW] == begun

    assert compare(wanted, after, NOW) == NOTHING
