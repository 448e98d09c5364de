"""Figures of one measure: two sides taken in turns, their medians, and how far the rounds lay apart."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass
from math import nan
from statistics import median
from typing import Any, Final, TypeAlias

ROUNDS: Final = 15

Side: TypeAlias = Callable[[], Awaitable[float]]


@dataclass(frozen=True, slots=True)
class Result:
    """`value` and `baseline` are medians in the same unit; `bar` is what is asked, in words; `spread` is the range of
    the rounds' ratios; `naive` is what the usual way gives, where that is not the baseline itself."""

    id: str
    what: str
    value: float
    baseline: float
    bar: str
    holds: bool
    spread: tuple[float, float]
    naive: float | None = None

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def ratio(self) -> float:
        """Not a number where the baseline is nothing at all: of what may not happen there is no share."""
        return self.value / self.baseline if self.baseline else nan


@dataclass(frozen=True, slots=True)
class Rounds:
    """One number of each side a round, in the order in which they were taken."""

    ours: Sequence[float]
    theirs: Sequence[float]

    @property
    def ratio(self) -> float:
        return median(self.ours) / median(self.theirs)

    @property
    def spread(self) -> tuple[float, float]:
        ratios = [ours / theirs for ours, theirs in zip(self.ours, self.theirs, strict=True)]
        return round(min(ratios), 3), round(max(ratios), 3)


async def in_turns(ours: Side, theirs: Side, rounds: int = ROUNDS, warm_up: bool = True) -> Rounds:
    """Each side goes first in half of the rounds: a machine that slows down slows both. One round more warms up."""
    taken: dict[Side, list[float]] = {ours: [], theirs: []}
    for number in range(0 if warm_up else 1, rounds + 1):
        for side in (ours, theirs) if number % 2 else (theirs, ours):
            figure = await side()
            if number:
                taken[side].append(figure)
    return Rounds(taken[ours], taken[theirs])


def at_least(bar: float, rounds: Rounds, measure: str, what: str, naive: float | None = None) -> Result:
    """A measure of a rate, where more is better."""
    return _result(rounds, measure, what, f"at least {bar:g} of the baseline", rounds.ratio >= bar, naive)


def at_most(bar: float, rounds: Rounds, measure: str, what: str, naive: float | None = None) -> Result:
    """A measure of what something costs, where less is better."""
    return _result(rounds, measure, what, f"at most {bar:g} of the baseline", rounds.ratio <= bar, naive)


def within(most: float, value: float, measure: str, what: str, unit: str, naive: float | None = None) -> Result:
    """A measure with a bar of its own, in its own unit, which then stands as the baseline."""
    share = round(value / most, 3) if most else float(value > 0)
    bar = f"at most {most:g} {unit}" if most else "none"
    return Result(measure, what, value, most, bar, value <= most, (share, share), naive)


def _result(rounds: Rounds, measure: str, what: str, bar: str, holds: bool, naive: float | None) -> Result:
    value, baseline = (_rounded(median(side)) for side in (rounds.ours, rounds.theirs))
    return Result(measure, what, value, baseline, bar, holds, rounds.spread, naive)


def _rounded(figure: float) -> float:
    """Five digits that count, whatever the size."""
    return float(f"{figure:.5g}")
