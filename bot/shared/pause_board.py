"""A wait that Telegram asked of one replica, told to the others through the database."""

from datetime import datetime, timedelta
from typing import Final

from bot.pace import SharedPace
from core.alerts.note_pause import note_pause
from core.alerts.questions import pause_until
from core.clinic import Clinic

CARRIER: Final = "telegram"
# The clinic's clock and this machine's stopwatch differ by a hair; that is no news to anybody.
HAIR: Final = timedelta(milliseconds=50)


class PauseBoard:
    """What stands on the board is a moment of the clinic's clock, and what the pace waits out are seconds.

    Each notice is heard once: a clock that is set back prolongs no wait.
    """

    def __init__(self, clinic: Clinic, pace: SharedPace) -> None:
        self._clinic = clinic.clockwork
        self._pace = pace
        self._heard: datetime | None = None

    async def exchange(self) -> None:
        """Hear what others were asked to wait, and say what we were. Raises DatabaseLost."""
        noted = await self._clinic.read(pause_until, CARRIER)
        now = self._clinic.clock.now()
        if noted is not None and noted != self._heard:
            self._heard = noted
            self._pace.hear((noted - now).total_seconds())
        until = now + timedelta(seconds=self._pace.paused_for)
        if until > max(now, noted or now) + HAIR:
            await self._clinic(note_pause, CARRIER, until)
            self._heard = until
