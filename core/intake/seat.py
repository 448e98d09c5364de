from contextlib import suppress
from typing import Final

from core.clinic import Clinic
from core.errors import DatabaseLost
from core.intake.keep_in_hand import keep_in_hand
from core.intake.questions import other_seats
from core.lock import Lock

MOST_SEATS: Final = 64


class NoSeatLeft(DatabaseLost):
    """More processes than anybody would start on one database."""


class Seat:
    """This process's place at the inbox: the lowest number that no living process of the database has.

    The lock goes with the process, so nothing has to be written to show that it lives. What a dead one had in hand is
    let go by whoever notices first, long before its leases end.
    """

    def __init__(self, clinic: Clinic) -> None:
        self._clinic = clinic.clockwork
        self._lock: Lock | None = None
        self._number = 0
        self.living = 1

    @property
    def number(self) -> int | None:
        """None while no seat is held: then nothing may be taken to work on."""
        return self._number if self._lock is not None and self._lock.held else None

    async def sit(self) -> int:
        """The number of the seat, found anew where the lock was lost. Raises DatabaseLost."""
        if self._lock is not None:
            if await self._lock.take():
                return self._number
            await self.leave()
        for number in range(MOST_SEATS):
            lock = self._of(number)
            if await lock.take():
                await self._clinic(keep_in_hand, number, ())
                self._lock, self._number = lock, number
                return number
            await lock.let_go()
        raise NoSeatLeft(str(MOST_SEATS))

    async def look_around(self) -> bool:
        """Count the living, and let go of what the dead had in hand; whether there was any. Raises DatabaseLost."""
        own, freed = await self.sit(), False
        database = self._clinic.database
        self.living = max(1, await database.count_held([_name(number) for number in range(MOST_SEATS)]))
        for number in await self._clinic.read(other_seats, own):
            if not await database.count_held([_name(number)]):
                freed |= await self._let_go_of(number)
        return freed

    async def leave(self) -> None:
        """Let somebody else have the seat."""
        if self._lock is not None:
            with suppress(DatabaseLost):
                await self._lock.let_go()

    async def _let_go_of(self, number: int) -> bool:
        lock = self._of(number)
        try:
            taken = await lock.take()
            if taken:
                await self._clinic(keep_in_hand, number, ())
            return taken
        finally:
            await lock.let_go()

    def _of(self, number: int) -> Lock:
        return self._clinic.database.lock(_name(number))


def _name(number: int) -> str:
    return f"seat-{number}"
