"""A visit as a file for the calendar on the person's phone; it comes as a message of its own, above the card."""

from typing import Final

from aiogram import Bot
from aiogram.types import BufferedInputFile
from aiogram_dialog import DialogManager, ShowMode

from core.facility.profile import FacilityProfile
from core.identity.questions import own_settings
from core.visits.calendar_file import CalendarWords, calendar_file
from core.visits.cards import VisitCard
from core.visits.questions import visit_card
from core.visits.visit import VisitId
from dialogs.kit.surroundings import clinic_of, speech_of
from locales.translator import Translator

FILE: Final = "visit.ics"


async def send_calendar_file(manager: DialogManager, visit_id: VisitId) -> None:
    """Send the visit's file and bring the card down beneath it. Refuses with NotFound."""
    clinic, speech = clinic_of(manager), speech_of(manager)
    visit = await clinic.read(visit_card, visit_id)
    chosen = await clinic.read(own_settings)
    words = calendar_words(visit, clinic.facility, speech, discreet=chosen.discreet)
    content = calendar_file(visit, clinic.facility, words, None, clinic.clock.now())
    bot: Bot = manager.middleware_data["bot"]
    await bot.send_document(
        clinic.person.require_chat(),
        BufferedInputFile(content, FILE),
        caption=speech.say("Open this file to put the visit into your calendar."),
    )
    manager.show_mode = ShowMode.DELETE_AND_SEND


def calendar_words(visit: VisitCard, facility: FacilityProfile, speech: Translator, *, discreet: bool) -> CalendarWords:
    """What stands in the calendar, where others may look: never a specialty in the title, discreetly nothing at all."""
    if discreet:
        return CalendarWords(speech.say("Appointment"), "", speech.say("Details are in Telegram."))
    notes = [speech.say("{visit.doctor}, {visit.clinic}", visit=visit), visit.preparation]
    title = speech.say("Visit: {facility}", facility=facility.name)
    return CalendarWords(title, visit.address, "\n\n".join(note for note in notes if note))
