"""What stands in the memory beside what stands on paper, and what must be so whatever the paper says."""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from tests.core.visits.october import Facts
from tests.core.visits.paper import Paper
from tests.core.visits.paper_rows import Time


def facts_of(paper: Paper, effects: set[str]) -> Facts:
    """The paper, written as the memory shows itself."""
    return {
        "slots": {
            id: (slot.doctor, slot.starts_at, slot.ends_at, paper.is_free(id), slot.removed)
            for id, slot in paper.slots.items()
        },
        "visits": {
            id: (
                visit.patient,
                visit.slot,
                paper.slots[visit.slot].starts_at,
                "confirmed" if visit.live else "cancelled",
                visit.version,
            )
            for id, visit in paper.visits.items()
        },
        "holds": dict(paper.holds),
        "alerts": {key: (alert.state, alert.due_at, alert.account) for key, alert in paper.alerts.items()},
        "cases": {key: () for key in paper.cases},
        "effects": {key: () for key in effects},
    }


def differences(memory: Facts, paper: Facts) -> list[str]:
    """A sentence for each row that one of them has otherwise."""
    return [
        f"{table} {name}: {memory[table].get(name)} in the memory, {paper[table].get(name)} on paper"
        for table in memory
        for name in memory[table].keys() | paper[table].keys()
        if memory[table].get(name) != paper[table].get(name)
    ]


def faults_in(facts: Facts) -> list[str]:
    """A sentence for each promise that the memory breaks."""
    return [*_two_at_once(facts), *_wrong_flags(facts), *_holds_of_one(facts), *_reminders_of_nothing(facts)]


def _live(facts: Facts) -> dict[Any, tuple[Any, ...]]:
    return {id: row for id, row in facts["visits"].items() if row[3] == "confirmed"}


def _two_at_once(facts: Facts) -> Iterator[str]:
    times = {id: Time(*row[:3]) for id, row in facts["slots"].items()}
    for (one, mine), (other, theirs) in combinations(_live(facts).items(), 2):
        here, there = times[mine[1]], times[theirs[1]]
        if mine[1] == theirs[1]:
            yield f"visits {one} and {other} are in one slot"
        if here.overlaps(there) and mine[0] == theirs[0]:
            yield f"patient {mine[0]} has visits {one} and {other} at once"
        if here.overlaps(there) and here.doctor == there.doctor:
            yield f"doctor {here.doctor} has visits {one} and {other} at once"


def _wrong_flags(facts: Facts) -> Iterator[str]:
    taken = {row[1] for row in _live(facts).values()}
    for id, (*_, free, removed) in facts["slots"].items():
        if free and (removed or id in taken):
            yield f"slot {id} is free, and is taken or removed"
        if not (free or removed or id in taken):
            yield f"slot {id} is lost: nobody has it, and it is not free"


def _holds_of_one(facts: Facts) -> Iterator[str]:
    holders = [patient for patient, _ in facts["holds"].values()]
    for patient in {patient for patient in holders if holders.count(patient) > 1}:
        yield f"patient {patient} holds several times"


def _reminders_of_nothing(facts: Facts) -> Iterator[str]:
    live = _live(facts)
    for key, (state, *_) in facts["alerts"].items():
        kind, visit, version, _ = key.split(":")
        of_present = int(visit) in live and live[int(visit)][4] == int(version)
        if state == "waiting" and kind != "visit_cancelled" and not of_present:
            yield f"alert {key} waits, and tells of a visit that is so no more"
