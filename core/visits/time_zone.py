"""A time zone as calendar files tell of it: which offset from UTC holds, and when it changes."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

DAY: Final = timedelta(days=1)
MINUTE: Final = timedelta(minutes=1)
LONG_AGO: Final = datetime(1970, 1, 1)  # noqa: DTZ001 - a time on the wall, as the format wants it


def describe_zone(zone: ZoneInfo, moment: datetime) -> Timezone:
    """The zone throughout the year of this moment. The library's own way starts summer time an hour too late."""
    first = datetime(moment.year, 1, 1, tzinfo=UTC)
    described = Timezone()
    described.add("TZID", zone.key)
    described.add_component(_rule(zone, first, _offset(zone, first), LONG_AGO))
    for change in _changes(zone, first, datetime(moment.year + 1, 1, 1, tzinfo=UTC)):
        before = _offset(zone, change - MINUTE)
        described.add_component(_rule(zone, change, before, (change + before).replace(tzinfo=None)))
    return described


def happens_twice(moment: datetime, zone: tzinfo) -> bool:
    """Whether the clock on the wall shows this time once more, an hour earlier or later."""
    local = moment.astimezone(zone)
    return local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset()


def _rule(
    zone: ZoneInfo, moment: datetime, before: timedelta, on_the_wall: datetime
) -> TimezoneDaylight | TimezoneStandard:
    """What holds from a moment on. The format wants it by the clock that was right until then."""
    local = moment.astimezone(zone)
    rule = TimezoneDaylight() if local.dst() else TimezoneStandard()
    rule.add("DTSTART", on_the_wall)
    rule.add("TZOFFSETFROM", before)
    rule.add("TZOFFSETTO", _offset(zone, moment))
    rule.add("TZNAME", local.tzname() or zone.key)
    return rule


def _changes(zone: ZoneInfo, first: datetime, last: datetime) -> Iterator[datetime]:
    day = first
    while day < last:
        if _offset(zone, day) != _offset(zone, day + DAY):
            yield _change_between(zone, day, day + DAY)
        day += DAY


def _change_between(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The first minute with another offset."""
    while after - before > MINUTE:
        middle = before + (after - before) // 2 // MINUTE * MINUTE
        if _offset(zone, middle) == _offset(zone, before):
            before = middle
        else:
            after = middle
    return after


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()
