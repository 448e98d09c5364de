"""Every dialog, made fresh for each dispatcher: a dialog is a router, and a router belongs to one."""

from aiogram import Router

from core.facility.profile import FacilityProfile
from dialogs.kit.screen import Conversation
from dialogs.patient.booking import booking
from dialogs.patient.coming import coming
from dialogs.patient.forgotten import forgotten
from dialogs.patient.help import help_dialog
from dialogs.patient.languages import languages
from dialogs.patient.log_in import log_in_dialog
from dialogs.patient.menu import menu
from dialogs.patient.moving import moving
from dialogs.patient.new_password import new_password
from dialogs.patient.settings import settings
from dialogs.patient.sign_up.account_made import account_made
from dialogs.patient.sign_up.conversation import signing_up
from dialogs.patient.visit_card import visit_card_dialog
from dialogs.patient.visits import visits


def build_dialogs(facility: FacilityProfile) -> list[Conversation]:
    """The busiest first: aiogram asks them in this order."""
    return [
        booking(),
        menu(facility),
        visit_card_dialog(),
        visits(),
        moving(),
        coming(),
        log_in_dialog(),
        new_password(),
        signing_up(),
        account_made(),
        forgotten(),
        settings(),
        languages(),
        help_dialog(),
    ]


def dialogs_router(facility: FacilityProfile) -> Router:
    router = Router(name="dialogs")
    router.include_routers(*build_dialogs(facility))
    return router
