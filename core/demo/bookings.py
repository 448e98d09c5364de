"""Who had booked before the demo began."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from core.demo.chance import draw_id
from core.demo.crowd import Turns
from core.demo.demo import PlannedVisit
from core.demo.practice import Practice
from core.identity.person import PatientId
from core.visits.slot import Slot
from core.visits.visit import Visit, VisitId

LONGEST_AGO_DAYS: Final = 40
DESK_OPENS: Final = time(7)
DESK_MINUTES: Final = 15 * 60


class Bookings:
    """Slots, in the order of their starts, and the visits made of them on the days before `today`."""

    def __init__(self, practice: Practice, slots: Sequence[Slot], today: date, zone: ZoneInfo, chance: Random) -> None:
        self.slots = slots
        self.visits: list[Visit] = []
        self._practice = practice
        self._today = today
        self._zone = zone
        self._chance = chance

    def plan(self, patient: PatientId, wish: PlannedVisit) -> None:
        """Book what a person of the demo has planned; StopIteration when the clinic has no such time."""
        clinic, earliest = self._practice.clinic_named(wish.clinic), self._today + timedelta(days=wish.days_ahead)
        fitting = (
            slot
            for slot in self.slots
            if slot.clinic_id == clinic
            and slot.free
            and slot.day >= earliest
            and slot.starts_at.astimezone(self._zone).time() >= wish.not_before
        )
        self._book(patient, next(fitting))

    def fill(self, turns: Turns, horizon: timedelta) -> None:
        """Let the crowd book each clinic's share."""
        for slot in self.slots:
            share = self._practice.described[slot.clinic_id].booked_share(slot.day - self._today, horizon)
            if slot.free and self._chance.random() < share:
                self._book(turns.next_for(slot), slot)

    def _book(self, patient: PatientId, slot: Slot) -> None:
        slot.free = False
        self.visits.append(Visit.book(VisitId(draw_id(self._chance)), patient, slot, self._some_day_before()))

    def _some_day_before(self) -> datetime:
        day = self._today - timedelta(days=self._chance.randint(1, LONGEST_AGO_DAYS))
        opening = datetime.combine(day, DESK_OPENS, self._zone)
        return opening.astimezone(UTC) + timedelta(minutes=self._chance.randrange(DESK_MINUTES))
