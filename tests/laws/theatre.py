"""The small clinic with something in it for everybody to try their hands at; nothing that they do stays."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from typing import Any, Final

from core.alerts.alert import AlertId
from core.alerts.claim_due_alerts import claim_due_alerts
from core.clinic import Clinic
from core.facility.profile import Channel
from core.facility.read_profile import read_profile
from core.identity.greet_chat import greet_chat
from core.identity.open_session import open_session
from core.identity.person import CLOCKWORK, AccountId, ChatId, Person, Role
from core.intake.receive_updates import receive_updates
from core.intake.update import Arrival
from core.storage.database import Database
from core.transaction import Transaction
from core.visits import questions as visits
from core.visits.book_visit import book_visit
from core.visits.slot import SlotId
from core.visits.visit import VisitId
from tests.laws.house import Act, use_cases
from tests.stage.small_clinic import EYES, MARIA, MONDAY, NOWAK, PAOLO
from tests.stage.stage import FACILITY, StandingClock

STRANGERS_CHAT: Final = ChatId(1099)
OWNERS_CHAT: Final = ChatId(MARIA.chat)
OWNERS_ACCOUNT: Final = AccountId(MARIA.number)
TODAY: Final = MONDAY.date()
PEOPLE: Final = {
    "a stranger": Person(Role.STRANGER, STRANGERS_CHAT),
    "the owner": MARIA.person,
    "another patient": PAOLO.person,
    "the owner after the session's end": Person(Role.STRANGER, OWNERS_CHAT, account=OWNERS_ACCOUNT, session_ended=True),
    "the clockwork": CLOCKWORK,
}
UPDATE: Final = Arrival("1:1", str(MARIA.chat), {"update_id": 1})


@dataclass(frozen=True)
class Scene:
    """What there is to do something with: all of it the owner's, but for the free slot."""

    visit: VisitId
    booked: SlotId
    free: SlotId
    alert: AlertId
    update: str = "1:1"
    account: AccountId = OWNERS_ACCOUNT
    chat: ChatId = OWNERS_CHAT
    login: str = MARIA.login
    day: date = TODAY


class Rehearsed(Exception):
    """The act went through; raised so that the next one finds the scene as it was."""


class Theatre:
    """The small clinic with the scene in it, where everybody tries everything and nothing stays."""

    def __init__(self, file: Path) -> None:
        self._database = Database.at(f"sqlite:///{file}")
        self._clinic = Clinic(self._database, read_profile(FACILITY), StandingClock(), Random(1), CLOCKWORK)

    async def close(self) -> None:
        await self._database.close()

    async def furnish(self) -> Scene:
        """A patient with a session, a planned visit, an alert in a courier's hands and an update in the inbox."""
        for chat in (STRANGERS_CHAT, OWNERS_CHAT, ChatId(PAOLO.chat)):
            await self._clinic(greet_chat, chat, "en")
        owner = self._clinic.acting_as(MARIA.person)
        await owner(open_session, OWNERS_ACCOUNT)
        booked, free, *_ = await owner.read(visits.first_free, EYES.id, NOWAK.id)
        visit = await owner(book_visit, booked.id)
        [alert] = await self._clinic(claim_due_alerts, Channel.TELEGRAM, 10)
        await self._clinic(receive_updates, (UPDATE,), 0, 1)
        return Scene(visit, booked.id, free.id, AlertId(alert))

    async def attempt(self, act: Act, arguments: tuple[Any, ...], person: Person) -> BaseException | None:
        """What the act answers this person with; None when it lets them."""
        clinic = self._clinic.acting_as(person)

        def rehearse(tx: Transaction) -> None:
            act(tx, *arguments)
            tx.catalogue.clinics()  # looking again writes down what was changed, as a commit would
            raise Rehearsed

        try:
            await (clinic(rehearse) if act in use_cases() else clinic.read(act, *arguments))
        except Rehearsed:
            return None
        except Exception as refusal:
            return refusal
        return None

    async def planned_of(self, person: Person) -> list[VisitId]:
        return [card.id for card in await self._clinic.acting_as(person).read(visits.planned_visits)]
