"""What a loading did, counted."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Self


@dataclass(frozen=True, slots=True)
class Tally:
    """Rows of one file, or of a batch of it."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0

    def __add__(self, other: Self) -> Self:
        return type(self)(*(getattr(self, it.name) + getattr(other, it.name) for it in fields(self)))


@dataclass(frozen=True, slots=True)
class Settled:
    """Slots; `without_time` are visits whose slot left the agenda. `next_day`: where to go on, if there is more."""

    made: int = 0
    changed: int = 0
    closed: int = 0
    without_time: int = 0
    next_day: date | None = None

    def __add__(self, other: Self) -> Self:
        return type(self)(
            self.made + other.made,
            self.changed + other.changed,
            self.closed + other.closed,
            self.without_time + other.without_time,
        )
