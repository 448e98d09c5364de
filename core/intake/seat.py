from contextlib import suppress
from itertools import count

from core.clinic import Clinic
from core.errors import DatabaseLost
from core.intake.adopt_updates import adopt_updates
from core.intake.questions import other_seats
from core.lock import Lock


class Seat:
    """This process's place at the inbox: the lowest number that no living process of the database has.

    The lock goes with the process, so nothing has to be written to show that it lives. What waits for a seat that was
    left is adopted by whoever notices first.
    """

    def __init__(self, clinic: Clinic) -> None:
        self._clinic = clinic.clockwork
        self._lock: Lock | None = None
        self._number = 0

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
        for number in count():
            lock = self._of(number)
            if await lock.take():
                self._lock, self._number = lock, number
                return number
            await lock.let_go()
        raise AssertionError("unreachable")

    async def look_around(self) -> bool:
        """Adopt what waits for seats that were left; whether there was any such seat. Raises DatabaseLost."""
        own, adopted = await self.sit(), False
        for number in await self._clinic.read(other_seats, own):
            lock = self._of(number)
            try:
                if await lock.take():
                    await self._clinic(adopt_updates, number, own)
                    adopted = True
            finally:
                await lock.let_go()
        return adopted

    async def leave(self) -> None:
        """Let somebody else have the seat, and what still waits for it."""
        if self._lock is not None:
            with suppress(DatabaseLost):
                await self._lock.let_go()

    def _of(self, number: int) -> Lock:
        return self._clinic.database.lock(f"seat-{number}")
