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
    """One doctor in one clinic on one weekday (Monday is 0), from `starts` to `ends`, local wall time."""

    id: AgendaId
    doctor_id: DoctorId
    clinic_id: ClinicId
    weekday: int
    starts: time
    ends: time
    visit_minutes: int

    def visits_between(
        self, first: date, last: date, zone: ZoneInfo, closed: frozenset[date] = frozenset()
    ) -> Iterator[tuple[date, datetime, datetime]]:
        """Day, start and end (aware, UTC) of each slot from `first` to `last`, both included, without closed days.

        A wall time that the change to summer time leaves out makes no slot, nor does one that this change lets begin
        while the visit before it still lasts.
        """
        length = timedelta(minutes=self.visit_minutes)
        free_from = datetime.min.replace(tzinfo=UTC)
        day = first + timedelta(days=(self.weekday - first.weekday()) % 7)
        while day <= last:
            if day not in closed:
                for wall in self._walls(day, length):
                    starts = wall.replace(tzinfo=zone).astimezone(UTC)
                    if starts >= free_from and starts.astimezone(zone).replace(tzinfo=None) == wall:
                        free_from = starts + length
                        yield day, starts, free_from
            day += timedelta(days=7)

    def _walls(self, day: date, length: timedelta) -> Iterator[datetime]:
        wall, end = datetime.combine(day, self.starts), datetime.combine(day, self.ends)
        while wall + length <= end:
            yield wall
            wall += length
