"""The clinic as the rest of the house sees it: one use case, one transaction; one question, one reading."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random
from typing import Any, Concatenate, Final, ParamSpec, TypeVar, cast, get_origin, get_type_hints

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from core.alerts.store import AlertStore
from core.clock import Clock
from core.facility.profile import FacilityProfile
from core.failpoints import reach
from core.identity.person import CLOCKWORK, STRANGER, Person
from core.identity.store import AccountStore, AttemptStore, ChatStore, SessionStore
from core.intake.cause import cause
from core.intake.store import IntakeStore
from core.storage.database import ANSWER_SECONDS, Database
from core.support.store import CaseStore
from core.transaction import Reading, Transaction, draw_id
from core.visits.store import Catalogue, HoldStore, SlotStore, VisitStore

P = ParamSpec("P")
R = TypeVar("R")
MOST_RUNS: Final = 5
RETRY_AFTER_SECONDS: Final = 0.05


@dataclass(frozen=True, slots=True)
class Clinic:
    """Runs use cases and questions for one acting person. Cheap to copy: the database is shared.

    `patience`: how many seconds a change may take at most; None for one that fills a whole database.
    """

    database: Database
    facility: FacilityProfile
    clock: Clock
    chance: Random
    person: Person = STRANGER
    patience: float | None = ANSWER_SECONDS

    def acting_as(self, person: Person) -> "Clinic":
        return replace(self, person=person)

    @property
    def clockwork(self) -> "Clinic":
        """The house itself, for what happens by the clock and at the door."""
        return self.acting_as(CLOCKWORK)

    def new_id(self) -> int:
        """An id for what is sealed before its transaction begins."""
        return draw_id(self.chance)

    async def __call__(self, use_case: Callable[Concatenate[Transaction, P], R], *args: P.args, **named: P.kwargs) -> R:
        """Change something: all of it is committed, or nothing.

        Caused by an update, the change is made once however often the update is worked on, and every run returns the
        same. Raises what the use case refuses with, and DatabaseLost when the database does not answer.
        """
        running = cause.get()
        key = running.of(use_case.__name__) if running is not None and self.person is not CLOCKWORK else None

        def change(connection: Connection) -> R:
            with Session(connection, expire_on_commit=False, join_transaction_mode="rollback_only") as session:
                tx = self._transaction(session)
                if key is not None and not tx.intake.claim(key, tx.now):
                    return cast(R, _thaw(use_case, tx.intake.result(key)))
                result = use_case(tx, *args, **named)
                if key is not None:
                    tx.intake.keep_result(key, result)
                session.flush()
                return result

        for run in range(1, MOST_RUNS + 1):
            try:
                reach("before effect" if key else "before change")
                result = await self.database.change(change, self.patience)
                reach("after effect" if key else "after change")
                return result
            except DBAPIError as error:
                if not self.database.may_repeat(error) or run == MOST_RUNS:
                    raise self.database.named(error) from None
                await asyncio.sleep(RETRY_AFTER_SECONDS * run)
        raise AssertionError("unreachable")

    async def read(self, question: Callable[Concatenate[Reading, P], R], *args: P.args, **named: P.kwargs) -> R:
        """Ask something; the database itself refuses any change."""

        def ask(connection: Connection) -> R:
            with Session(connection, autoflush=False) as session:
                return question(Reading(**self._sight(session)), *args, **named)

        try:
            return await self.database.ask(ask)
        except DBAPIError as error:
            raise self.database.named(error) from None

    def _transaction(self, session: Session) -> Transaction:
        return Transaction(**self._sight(session), chance=self.chance)

    def _sight(self, session: Session) -> dict[str, Any]:
        return {
            "now": self.clock.now(),
            "facility": self.facility,
            "person": self.person,
            "accounts": AccountStore(session, self.person),
            "attempts": AttemptStore(session),
            "chats": ChatStore(session),
            "sessions": SessionStore(session),
            "catalogue": Catalogue(session),
            "slots": SlotStore(session, self.person),
            "holds": HoldStore(session),
            "visits": VisitStore(session, self.person),
            "alerts": AlertStore(session, self.person),
            "cases": CaseStore(session, self.person),
            "intake": IntakeStore(session),
        }


def _thaw(use_case: Callable[..., Any], kept: Any) -> Any:
    """A kept result as the use case returned it: JSON knows lists, we return tuples."""
    hint = get_type_hints(use_case)["return"]
    return tuple(kept) if get_origin(hint) is tuple else kept
