"""A doctor's bookable time, as rules by the clock on the wall; slots are made from it ahead of time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NewType
from zoneinfo import ZoneInfo

from core.visits.doctor import DoctorId
from core.visits.outpatient_clinic import ClinicId

AgendaId = NewType("AgendaId", int)


@dataclass(eq=False)
class Agenda:
    """One doctor in one clinic on one weekday (Monday is 0), from `starts` to `ends`, local wall time.

    It holds from `valid_from` to `valid_until`, both included, for ever where there is none. `code`: what the facility
    itself calls it. `made_until`: the last day whose slots are made.
    """

    id: AgendaId
    doctor_id: DoctorId
    clinic_id: ClinicId
    weekday: int
    starts: time
    ends: time
    visit_minutes: int
    code: str | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    made_until: date | None = None

    def visits_between(
        self, first: date, last: date, zone: ZoneInfo, closed: frozenset[date] = frozenset()
    ) -> Iterator[tuple[date, datetime, datetime]]:
        """Day, start and end (aware, UTC) of each slot from `first` to `last`, both included, without closed days.

        None before `valid_from` or after `valid_until`. A wall time that the change to summer time leaves out makes no
        slot, nor does one that this change lets begin while the visit before it still lasts.
        """
        length = timedelta(minutes=self.visit_minutes)
        free_from = datetime.min.replace(tzinfo=UTC)
        first, last = max(first, self.valid_from or first), min(last, self.valid_until or last)
        day = first + timedelta(days=(self.weekday - first.weekday()) % 7)
        while day <= last:
            if day not in closed:
                for wall in self._walls(day, length):
                    starts = wall.replace(tzinfo=zone).astimezone(UTC)
                    if starts >= free_from and starts.astimezone(zone).replace(tzinfo=None) == wall:
                        free_from = starts + length
                        yield day, starts, free_from
            day += timedelta(days=7)

    @property
    def most_slots_a_week(self) -> int:
        """How many slots a week of this agenda can have, while it is valid and nothing is closed."""
        wall, end = datetime.combine(date.min, self.starts), datetime.combine(date.min, self.ends)
        return int((end - wall) / timedelta(minutes=self.visit_minutes))

    def is_over(self, today: date) -> bool:
        return self.valid_until is not None and self.valid_until < today

    def retire(self, today: date) -> None:
        """Let it end yesterday; what it still has ahead is then closed when its doctor's slots are settled."""
        self.valid_until = today - timedelta(days=1)
        self.made_until = None

    def note_made(self, first: date, last: date, today: date) -> None:
        """The slots from `first` to `last` are right; days between what was made before and `first` are not skipped."""
        made = self.made_until or today - timedelta(days=1)
        if made < last and first <= max(made + timedelta(days=1), today):
            self.made_until = last

    def _walls(self, day: date, length: timedelta) -> Iterator[datetime]:
        wall, end = datetime.combine(day, self.starts), datetime.combine(day, self.ends)
        while wall + length <= end:
            yield wall
            wall += length
