"""The clinic as the rest of the house sees it: one use case, one transaction; one question, one reading."""

from asyncio import sleep as pause
from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random
from typing import Any, Concatenate, Final, ParamSpec, TypeVar, cast, get_origin, get_type_hints

from core.clock import Clock
from core.facility.profile import FacilityProfile
from core.failpoints import reach
from core.identity.person import CLOCKWORK, STRANGER, Person
from core.intake.cause import cause
from core.storage.database import ANSWER_SECONDS, Database, named
from core.storage.fault import Fault
from core.storage.memory import Memory
from core.transaction import Reading, Transaction, draw_id

P = ParamSpec("P")
R = TypeVar("R")
MOST_RUNS: Final = 5
RETRY_AFTER_SECONDS: Final = 0.05


@dataclass(frozen=True, slots=True)
class Clinic:
    """Runs use cases and questions for one acting person. Cheap to copy: the database is shared.

    `patience`: how many seconds a change may take at most; None for one that fills a whole database. `leisurely`: its
    changes may be long ones, and nobody's answer has to wait for them.
    """

    database: Database
    facility: FacilityProfile
    clock: Clock
    chance: Random
    person: Person = STRANGER
    patience: float | None = ANSWER_SECONDS
    leisurely: bool = False

    def acting_as(self, person: Person) -> "Clinic":
        return replace(self, person=person)

    @property
    def clockwork(self) -> "Clinic":
        """The house itself, for what happens by the clock and at the door."""
        return self.acting_as(CLOCKWORK)

    @property
    def at_leisure(self) -> "Clinic":
        """For changes of many rows: elsewhere than where people are answered."""
        return replace(self, leisurely=True)

    def new_id(self) -> int:
        """An id for what is sealed before its transaction begins."""
        return draw_id(self.chance)

    async def __call__(self, use_case: Callable[Concatenate[Transaction, P], R], *args: P.args, **words: P.kwargs) -> R:
        """Change something: all of it is committed, or nothing.

        Caused by an update, the change is made once however often the update is worked on, and every run returns the
        same. Raises what the use case refuses with, and DatabaseLost when the database does not answer.
        """
        running = cause.get()
        key = running.of(use_case.__name__) if running is not None and self.person is not CLOCKWORK else None

        def change(memory: Memory) -> R:
            tx = Transaction(memory, self.clock.now(), self.facility, self.person, self.chance)
            if key is not None and not tx.intake.claim(key, tx.now):
                return cast(R, _thaw(use_case, tx.intake.result(key)))
            result = use_case(tx, *args, **words)
            if key is not None:
                tx.intake.keep_result(key, result)
            return result

        for run in range(1, MOST_RUNS + 1):
            try:
                reach("before effect" if key else "before change")
                result = await self.database.change(change, self.patience, self.leisurely)
                reach("after effect" if key else "after change")
                return result
            except Fault as fault:
                if not fault.again or run == MOST_RUNS:
                    raise named(fault) from None
                await pause(RETRY_AFTER_SECONDS * run)
        raise AssertionError("unreachable")

    async def read(self, question: Callable[Concatenate[Reading, P], R], *args: P.args, **words: P.kwargs) -> R:
        """Ask something; the database itself refuses any change."""

        def ask(memory: Memory) -> R:
            return question(Reading(memory, self.clock.now(), self.facility, self.person), *args, **words)

        try:
            return await self.database.ask(ask)
        except Fault as fault:
            raise named(fault) from None


def _thaw(use_case: Callable[..., Any], kept: Any) -> Any:
    """A kept result as the use case returned it: JSON knows lists, we return tuples."""
    hint = get_type_hints(use_case)["return"]
    return tuple(kept) if get_origin(hint) is tuple else kept
