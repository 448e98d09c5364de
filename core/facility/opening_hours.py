"""When the online service answers."""

from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """The same hours every day, in the facility's own time: from `opens` (inclusive) to `closes` (exclusive)."""

    opens: time
    closes: time

    def cover(self, moment: datetime, zone: ZoneInfo) -> bool:
        """Whether the service answers at this aware moment, by the clock on the wall (DIAMED-16)."""
        return self.opens <= moment.astimezone(zone).time() < self.closes
