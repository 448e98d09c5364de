"""What a reminder begins with, in the chat and in a letter."""

from collections.abc import Iterator
from datetime import date, timedelta

from core.alerts.questions import Letter
from core.facility.profile import FacilityProfile
from locales.translator import Translator


def reminder_line(letter: Letter, facility: FacilityProfile, speech: Translator) -> str:
    """What a reminder begins with: how many visits, and whether they are tomorrow, as they should be, or today.

    After a long silence what is due for both days is said at once.
    """
    count, days = len(letter.visits), days_of(letter, facility)
    if len(days) > 1:
        return _both_days(letter, speech)
    tomorrow = days[0] - facility.day_of(speech.setting.now) == timedelta(days=1)
    if letter.discreet:
        if tomorrow:
            return speech.say_plural(
                "You have {count} appointment tomorrow.", "You have {count} appointments tomorrow.", count
            )
        return speech.say_plural("You have {count} appointment today.", "You have {count} appointments today.", count)
    if count == 1:
        return speech.say("You have a visit tomorrow.") if tomorrow else speech.say("You have a visit today.")
    if tomorrow:
        return speech.say_plural("You have {count} visit tomorrow.", "You have {count} visits tomorrow.", count)
    return speech.say_plural("You have {count} visit today.", "You have {count} visits today.", count)


def late_line(letter: Letter, speech: Translator) -> Iterator[str]:
    """An apology, where the reminder comes much later than it was meant to."""
    if letter.late:
        yield speech.say("We are sorry that this reminder comes late.")


def days_of(letter: Letter, facility: FacilityProfile) -> list[date]:
    """The days of the letter's visits by the facility's calendar, soonest first."""
    return sorted({facility.day_of(visit.starts_at) for visit in letter.visits})


def _both_days(letter: Letter, speech: Translator) -> str:
    count = len(letter.visits)
    if letter.discreet:
        return speech.say_plural(
            "You have {count} appointment today and tomorrow.",
            "You have {count} appointments today and tomorrow.",
            count,
        )
    return speech.say_plural(
        "You have {count} visit today and tomorrow.", "You have {count} visits today and tomorrow.", count
    )
