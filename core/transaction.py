"""What a question and a use case can see."""

from datetime import datetime
from functools import cached_property
from random import Random
from typing import Final

from core.alerts.store import AlertStore
from core.facility.profile import FacilityProfile
from core.identity.person import Person
from core.identity.store import AccountStore, AttemptStore, ChatStore, SessionStore
from core.intake.store import IntakeStore
from core.storage.memory import Memory
from core.support.store import CaseStore
from core.visits.store import Catalogue, HoldStore, SlotStore, VisitStore

ID_BITS: Final = 53


def draw_id(chance: Random) -> int:
    """A random id: at least 1, below 2 to the 53rd."""
    return chance.getrandbits(ID_BITS) or 1


class Reading:
    """The clinic's memory at one moment, as one person may see it. Each store is opened when it is first needed."""

    def __init__(self, memory: Memory, now: datetime, facility: FacilityProfile, person: Person) -> None:
        self._memory = memory
        self.now = now
        self.facility = facility
        self.person = person

    @cached_property
    def accounts(self) -> AccountStore:
        return AccountStore(self._memory, self.person)

    @cached_property
    def attempts(self) -> AttemptStore:
        return AttemptStore(self._memory)

    @cached_property
    def chats(self) -> ChatStore:
        return ChatStore(self._memory)

    @cached_property
    def sessions(self) -> SessionStore:
        return SessionStore(self._memory)

    @cached_property
    def catalogue(self) -> Catalogue:
        return Catalogue(self._memory)

    @cached_property
    def slots(self) -> SlotStore:
        return SlotStore(self._memory, self.person)

    @cached_property
    def holds(self) -> HoldStore:
        return HoldStore(self._memory)

    @cached_property
    def visits(self) -> VisitStore:
        return VisitStore(self._memory, self.person)

    @cached_property
    def alerts(self) -> AlertStore:
        return AlertStore(self._memory, self.person)

    @cached_property
    def cases(self) -> CaseStore:
        return CaseStore(self._memory, self.person)

    @cached_property
    def intake(self) -> IntakeStore:
        return IntakeStore(self._memory)


class Transaction(Reading):
    """The same, open to change: everything in it happens, or nothing."""

    def __init__(
        self, memory: Memory, now: datetime, facility: FacilityProfile, person: Person, chance: Random
    ) -> None:
        super().__init__(memory, now, facility, person)
        self.chance = chance

    def new_id(self) -> int:
        """A random id, opaque outside and exact in JSON: at least 1, below 2 to the 53rd."""
        return draw_id(self.chance)
