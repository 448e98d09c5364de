"""Help: what this is, when it works, and the people behind it."""

from datetime import time
from typing import Any, Final

from core.clinic import Clinic
from core.facility.opening_hours import OpeningHours
from dialogs.kit.buttons import back
from dialogs.kit.phrase import Phrase
from dialogs.kit.screen import Conversation, Screen
from dialogs.states import Help

PREVIEW: Final = {
    "hours": OpeningHours(time(7), time(22)),
    "phone": "+48 22 123 45 67",
    "address": "ul. Zielona 12, 00-001 Warszawa",
    "emergency": ("112", "999"),
}


async def what_help_shows(clinic: Clinic, **surroundings: Any) -> dict[str, Any]:
    facility = clinic.facility
    return {
        "hours": facility.booking.hours,
        "phone": facility.reception.phone,
        "address": facility.reception.address,
        "emergency": facility.reception.emergency,
    }


def help_dialog() -> Conversation:
    """A fresh dialog: one a dispatcher."""
    return Conversation(
        Screen(
            Phrase(
                "How this works\n"
                "Here you can book a visit, move it or cancel it. It is free, and you need nothing but this chat.\n\n"
                "Online booking: {hours:hours}\n"
                "You never have to book online. The phone and the reception are always there for you:\n"
                "{phone}\n{address}\n\n"
                "In an emergency, call {emergency:emergency} at once."
            ),
            back(),
            state=Help.main,
            getter=what_help_shows,
            preview_data=PREVIEW,
        )
    )
