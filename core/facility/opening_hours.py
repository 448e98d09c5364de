"""When the online service answers."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """The same hours every day, in the facility's own time: from `opens` (inclusive) to `closes` (exclusive)."""

    opens: time
    closes: time

    def cover(self, moment: datetime, zone: ZoneInfo) -> bool:
        """Whether the service answers at this aware moment, by the clock on the wall (DIAMED-16)."""
        return self.opens <= moment.astimezone(zone).time() < self.closes

    def next_from(self, moment: datetime, zone: ZoneInfo) -> datetime:
        """The first moment from this one on that is within the hours; aware, UTC."""
        if self.cover(moment, zone):
            return moment
        local = moment.astimezone(zone)
        day = local.date() if local.time() < self.opens else local.date() + timedelta(days=1)
        return datetime.combine(day, self.opens, zone).astimezone(UTC)
