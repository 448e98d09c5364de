"""Every measure, by its id: a module with `async def measure()`, which gives one result or several."""

from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from types import MappingProxyType
from typing import Final

from bench.figures import Result

MEASURES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "P1": "bench.booking_step",
        "P2": "bench.free_slots",
        "P3": "bench.bookings",
        "P4": "bench.blast",
        "P5": "bench.answers_under_blast",
        "P6": "bench.reminder_cost",
        "P7": "bench.start_rate",
        "P8": "bench.backlog",
        "P9": "bench.first_minute",
        "P10": "bench.open_forms",
        "P11": "bench.replicas",
        "S1": "bench.sandbox_rate",
        "S2": "bench.sandbox_crowd",
        "R-updates": "bench.bars.updates",
        "R-slots": "bench.bars.slots",
        "R-guesses": "bench.bars.guesses",
        "R-reminders": "bench.bars.reminders",
        "R-replicas": "bench.bars.replicas",
        "R-failover": "bench.bars.failover",
        "R-outages": "bench.bars.outages",
        "R-fuzz": "bench.bars.fuzz",
        "R-secrets": "bench.bars.leaks",
    }
)
GROUPS: Final = ("P", "S", "R")


class UnknownMeasure(ValueError):
    """Nothing is measured under this name; the text lists what is."""


def chosen(wanted: Iterable[str]) -> list[str]:
    """The measures that these names mean, all of them where none is named.

    A name is an id, the beginning of one (`R`, `R-upd`), or a row of one (`P3-sqlite`): `P1` is not `P10`.
    """
    names = list(wanted)
    for name in names:
        if not any(_means(name, measure) for measure in MEASURES):
            raise UnknownMeasure(f"{name}: expected one of {', '.join(MEASURES)}")
    found = [measure for measure in MEASURES if not names or any(_means(name, measure) for name in names)]
    return sorted(found, key=order)


async def take(measure: str) -> Sequence[Result]:
    """Measure it; its module is imported only now, so that each measure runs with its own libraries alone."""
    found = await import_module(MEASURES[measure]).measure()
    return [found] if isinstance(found, Result) else list(found)


def order(row: str) -> tuple[int, int, str]:
    """Where a row stands: the product first, then the sandbox, then what must never happen."""
    group = row[:1]
    number = row[1:].partition("-")[0]
    place = GROUPS.index(group) if group in GROUPS else len(GROUPS)
    return place, int(number) if number.isdigit() else 0, row


def _means(name: str, measure: str) -> bool:
    if measure.startswith(name):
        return not (name[-1:].isdigit() and measure[len(name) :][:1].isdigit())
    return name.startswith(f"{measure}-")
