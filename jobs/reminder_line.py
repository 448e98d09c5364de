"""What a reminder begins with, in the chat and in a letter."""

from datetime import timedelta

from core.alerts.questions import Letter
from core.facility.profile import FacilityProfile
from locales.translator import Translator


def reminder_line(letter: Letter, facility: FacilityProfile, speech: Translator) -> str:
    """What a reminder begins with: how many visits, and whether they are tomorrow, as they should be, or today."""
    count, day = len(letter.visits), facility.day_of(letter.visits[0].starts_at)
    tomorrow = day - facility.day_of(speech.setting.now) == timedelta(days=1)
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
