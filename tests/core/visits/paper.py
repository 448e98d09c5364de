"""The desk on paper: what has to come of each step, without a database, a transaction or a lock."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from core.errors import NotFound, Refusal
from core.facility.refusals import DeskClosed
from core.visits.refusals import PatientBusy, SlotPast, SlotTaken, TooLateToChange, VisitNotLive
from tests.core.visits.paper_rows import (
    ASLEEP,
    AWAKE,
    CHANGE_NOTICE,
    CLOSES,
    DAY,
    HOLD,
    MINIMUM_NOTICE,
    OPENS,
    WARSAW,
    Booked,
    Owed,
    Refused,
    Time,
    Wishes,
)

Reason = type[Refusal] | None


@dataclass
class Paper:
    now: datetime
    slots: dict[int, Time]
    visits: dict[int, Booked] = field(default_factory=dict)
    holds: dict[int, tuple[int, datetime]] = field(default_factory=dict)
    alerts: dict[str, Owed] = field(default_factory=dict)
    wishes: dict[int, Wishes] = field(default_factory=dict)
    cases: set[str] = field(default_factory=set)

    # What patients do

    def hold(self, patient: int, slot: int) -> None:
        self._unless(self._desk_is_closed(), *self._not_bookable(patient, slot))
        self._release(patient)
        self.holds[slot] = (patient, self.now + HOLD)

    def book(self, patient: int, slot: int, visit: int) -> int:
        """`visit`: the id of a new one. Returns the one that is booked, which may be an earlier one."""
        for id, known in self.visits.items():
            if known.live and (known.patient, known.slot) == (patient, slot):
                return id
        self._unless(self._desk_is_closed(), *self._not_bookable(patient, slot), self._elsewhere(patient, slot))
        self.visits[visit] = Booked(patient, slot)
        self._release(patient)
        self._tell("visit_booked", visit, "telegram", "email")
        self._remind(visit)
        return visit

    def move(self, patient: int, visit: int, slot: int) -> None:
        moved = self._own(patient, visit)
        if moved.slot == slot:
            return
        self._unless(
            self._desk_is_closed(),
            *self._not_bookable(patient, slot),
            self._elsewhere(patient, slot, but=visit),
            self._not_changeable(moved),
        )
        moved.slot, moved.version = slot, moved.version + 1
        self._release(patient)
        self._withdraw(visit)
        self._tell("visit_moved", visit, "telegram", "email")
        self._remind(visit)

    def cancel(self, patient: int, visit: int) -> None:
        cancelled = self._own(patient, visit)
        self._unless(self._desk_is_closed(), self._not_changeable(cancelled))
        cancelled.live, cancelled.version = False, cancelled.version + 1
        self._withdraw(visit)
        self._tell("visit_cancelled", visit, "email")

    def wish(self, patient: int, hour: int, sms: bool) -> None:
        """Reminders that are still to come follow; whatever is due or gone out stays."""
        self.wishes[patient] = Wishes(hour, sms)
        ahead = [id for id, visit in self.visits.items() if visit.patient == patient and self._lies_ahead(visit)]
        wanted = {key: due for id in ahead for key, due in self._reminders(id)}
        for key, alert in self.alerts.items():
            mine = alert.account == patient and alert.reminder_of is not None
            if mine and key not in wanted and alert.state == "waiting":
                alert.state = "withdrawn"
        for id in ahead:
            for key, due in self._reminders(id):
                if due > self.now and self._state(key) in ("waiting", "withdrawn"):
                    self.alerts[key] = Owed(patient, due, reminder_of=id)

    # What happens by itself

    def send(self, channel: str) -> None:
        """Everything that is due is carried; reminders wait out the night."""
        awake = AWAKE <= self._wall.time() < ASLEEP
        for key, alert in self.alerts.items():
            may_leave = alert.due_at <= self.now and (awake or alert.reminder_of is None)
            if key.endswith(f":{channel}") and alert.state == "waiting" and may_leave:
                alert.state = "sent"

    def take_off(self, doctor: int, day: date) -> None:
        """The times of this day leave the agenda; a visit keeps its time, and operators hear of it."""
        for id, slot in self._ahead_of(doctor):
            if slot.day == day and not slot.removed:
                slot.removed = True
                self.cases.update(
                    f"slot_removed:{visit}:{id}" for visit, it in self.visits.items() if it.live and it.slot == id
                )
        self._tidy(doctor)

    def put_on(self, doctor: int, day: date, named: dict[int, Time]) -> None:
        """The times of this day are in the agenda again; `named`: what their new slots are called, if they have any."""
        for id, slot in named.items():
            if (slot.doctor, slot.day) == (doctor, day) and slot.starts_at >= self.now:
                self.slots.setdefault(id, slot).removed = False
        self._tidy(doctor)

    def _tidy(self, doctor: int) -> None:
        """Whenever the agenda is gone through, times go that left it and to which nothing refers."""
        for id, slot in self._ahead_of(doctor):
            if slot.removed and id not in self.holds and all(it.slot != id for it in self.visits.values()):
                del self.slots[id]

    def _ahead_of(self, doctor: int) -> list[tuple[int, Time]]:
        return [(id, slot) for id, slot in self.slots.items() if slot.doctor == doctor and slot.starts_at >= self.now]

    # What can be seen

    def is_free(self, slot: int) -> bool:
        return not self.slots[slot].removed and not any(
            booked.live and booked.slot == slot for booked in self.visits.values()
        )

    # The rules

    @property
    def _wall(self) -> datetime:
        return self.now.astimezone(WARSAW)

    def _unless(self, *reasons: Reason) -> None:
        said = {reason for reason in reasons if reason is not None}
        if said:
            raise Refused(said)

    def _desk_is_closed(self) -> Reason:
        return None if OPENS <= self._wall.time() < CLOSES else DeskClosed

    def _not_bookable(self, patient: int, slot: int) -> Iterator[Reason]:
        if slot not in self.slots:
            yield NotFound
            return
        holder, until = self.holds.get(slot, (patient, self.now))
        if (holder != patient and until > self.now) or not self.is_free(slot):
            yield SlotTaken
        if self.slots[slot].starts_at < self.now + MINIMUM_NOTICE:
            yield SlotPast

    def _elsewhere(self, patient: int, slot: int, but: int | None = None) -> Reason:
        wanted = self.slots.get(slot)
        for id, visit in self.visits.items():
            there = self.slots[visit.slot]
            if wanted and visit.live and visit.patient == patient and there.overlaps(wanted) and id != but:
                return PatientBusy
        return None

    def _not_changeable(self, visit: Booked) -> Reason:
        if not self._lies_ahead(visit):
            return VisitNotLive
        return TooLateToChange if self.now > self.slots[visit.slot].starts_at - CHANGE_NOTICE else None

    def _lies_ahead(self, visit: Booked) -> bool:
        return visit.live and self.slots[visit.slot].starts_at > self.now

    def _own(self, patient: int, visit: int) -> Booked:
        if visit not in self.visits or self.visits[visit].patient != patient:
            raise Refused({NotFound})
        return self.visits[visit]

    def _release(self, patient: int) -> None:
        self.holds = {slot: hold for slot, hold in self.holds.items() if hold[0] != patient}

    def _tell(self, kind: str, visit: int, *channels: str) -> None:
        told = self.visits[visit]
        for channel in channels:
            self.alerts[f"{kind}:{visit}:{told.version}:{channel}"] = Owed(told.patient, self.now)

    def _remind(self, visit: int) -> None:
        for key, due in self._reminders(visit):
            if due > self.now:
                self.alerts[key] = Owed(self.visits[visit].patient, due, reminder_of=visit)

    def _reminders(self, visit: int) -> list[tuple[str, datetime]]:
        booked = self.visits[visit]
        wishes = self.wishes.get(booked.patient, Wishes())
        eve = self.slots[booked.slot].day - DAY
        channels = ("telegram", "sms") if wishes.sms else ("telegram",)
        due = at_wall(eve, time(wishes.hour))
        return [(f"reminder:{visit}:{booked.version}:{channel}", due) for channel in channels]

    def _withdraw(self, visit: int) -> None:
        for key, alert in self.alerts.items():
            if key.split(":")[1] == str(visit) and alert.state == "waiting":
                alert.state = "withdrawn"

    def _state(self, key: str) -> str:
        return self.alerts[key].state if key in self.alerts else "withdrawn"


def at_wall(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, WARSAW).astimezone(UTC)
