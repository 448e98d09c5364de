"""What a question and a use case can see."""

from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Final

from core.alerts.store import AlertStore
from core.facility.profile import FacilityProfile
from core.identity.person import Person
from core.identity.store import AccountStore, AttemptStore, ChatStore, SessionStore
from core.intake.store import IntakeStore
from core.support.store import CaseStore
from core.visits.store import Catalogue, HoldStore, SlotStore, VisitStore

ID_BITS: Final = 53


def draw_id(chance: Random) -> int:
    """A random id: at least 1, below 2 to the 53rd."""
    return chance.getrandbits(ID_BITS) or 1


@dataclass(frozen=True, slots=True)
class Reading:
    """The clinic's memory at one moment, as one person may see it."""

    now: datetime
    facility: FacilityProfile
    person: Person
    accounts: AccountStore
    attempts: AttemptStore
    chats: ChatStore
    sessions: SessionStore
    catalogue: Catalogue
    slots: SlotStore
    holds: HoldStore
    visits: VisitStore
    alerts: AlertStore
    cases: CaseStore
    intake: IntakeStore


@dataclass(frozen=True, slots=True)
class Transaction(Reading):
    """The same, open to change: everything in it happens, or nothing."""

    chance: Random

    def new_id(self) -> int:
        """A random id, opaque outside and exact in JSON: at least 1, below 2 to the 53rd."""
        return draw_id(self.chance)
