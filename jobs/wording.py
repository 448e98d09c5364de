"""What alerts say, in the recipient's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from core.alerts.alert import AlertKind
from core.alerts.questions import Letter
from locales.headline import headline
from locales.marks import N_
from locales.translator import Translator

IN_FULL: Final[Mapping[AlertKind, str]] = MappingProxyType(
    {
        AlertKind.VISIT_BOOKED: N_(
            "Confirmation: your visit is booked.\n"
            "{visit.starts_at:when}\n{visit.doctor}, {visit.clinic}\n{visit.address}\n\n"
            "You can move or cancel it here."
        ),
        AlertKind.VISIT_MOVED: N_(
            "Confirmation: your visit has a new time.\n"
            "{visit.starts_at:when}\n{visit.doctor}, {visit.clinic}\n{visit.address}\n\n"
            "You can move or cancel it here."
        ),
    }
)
DISCREET: Final[Mapping[AlertKind, str]] = MappingProxyType(
    {
        AlertKind.VISIT_BOOKED: N_("Confirmed: you have an appointment.\n{visit.starts_at:when}"),
        AlertKind.VISIT_MOVED: N_("Confirmed: your appointment has a new time.\n{visit.starts_at:when}"),
    }
)


@dataclass(frozen=True, slots=True)
class Message:
    """Telegram's HTML, and buttons as label and callback data, one a row."""

    html: str
    buttons: tuple[tuple[str, str], ...]


def word(letter: Letter, speech: Translator) -> Message:
    """The alert as a message; discreet ones name neither doctor nor clinic."""
    words = DISCREET if letter.discreet else IN_FULL
    text = speech.say(words[letter.kind], visit=letter.visit)
    return Message(headline(text), ((speech.say("Move or cancel"), f"visit:{letter.visit.id}"),))
