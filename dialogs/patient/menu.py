"""The menu: its sections, in the order of the profile."""

from typing import Any, Final

from aiogram_dialog.widgets.kbd import Button
from aiogram_dialog.widgets.text import Multi

from core.clinic import Clinic
from core.facility.profile import FacilityProfile, MenuSection
from core.identity.newcomer import may_sign_up
from core.identity.person import Role
from dialogs.kit.buttons import pair, tap
from dialogs.kit.phrase import Phrase
from dialogs.kit.screen import Conversation, Screen
from dialogs.patient.doors import open_booking, open_help, open_log_in, open_settings, open_sign_up, open_visits
from dialogs.states import Menu

SECTIONS: Final = {
    MenuSection.BOOK: (Phrase("Book a visit"), open_booking),
    MenuSection.VISITS: (Phrase("Planned visits"), open_visits),
    MenuSection.SETTINGS: (Phrase("Settings"), open_settings),
    MenuSection.HELP: (Phrase("Help"), open_help),
}
PREVIEW: Final = {"stranger": True, "may_sign_up": True, "facility": "CM Diamed", "phone": "+48 22 123 45 67"}


async def what_menu_shows(clinic: Clinic, **surroundings: Any) -> dict[str, Any]:
    stranger = clinic.person.role is Role.STRANGER
    return {
        "stranger": stranger,
        "may_sign_up": stranger and may_sign_up(clinic.facility),
        "facility": clinic.facility.name,
        "phone": clinic.facility.reception.phone,
    }


def menu(facility: FacilityProfile) -> Conversation:
    """A fresh dialog: one a dispatcher."""
    return Conversation(
        Screen(
            Multi(
                Phrase("Hello! How can we help you?"),
                Phrase("{facility}"),
                Phrase(
                    "\nTo book, move or cancel a visit, please log in. "
                    "The phone and the reception are always there for you, too: {phone}",
                    when="stranger",
                ),
            ),
            tap(Phrase("Log in"), "log_in", open_log_in, when="stranger"),
            tap(Phrase("Create an account"), "sign_up", open_sign_up, when="may_sign_up"),
            pair(*(_section(section) for section in facility.menu)),
            state=Menu.main,
            getter=what_menu_shows,
            preview_data=PREVIEW,
        )
    )


def _section(section: MenuSection) -> Button:
    label, door = SECTIONS[section]
    return tap(label, section.value, door)
