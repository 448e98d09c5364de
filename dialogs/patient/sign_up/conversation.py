"""From the identifier to the account."""

from core.identity.refusals import EmailTaken, IdentifierTaken
from dialogs.kit.screen import Conversation
from dialogs.patient.sign_up.email import email_screen
from dialogs.patient.sign_up.identifier import identifier_screen, no_identifier_screen
from dialogs.patient.sign_up.names import given_names_screen, surname_screen
from dialogs.patient.sign_up.phone import phone_screen
from dialogs.patient.sign_up.summary import summary_screen
from dialogs.states import SigningUp


def signing_up() -> Conversation:
    """A fresh dialog: one a dispatcher."""
    return Conversation(
        identifier_screen(),
        no_identifier_screen(),
        given_names_screen(),
        surname_screen(),
        email_screen(),
        phone_screen(),
        summary_screen(),
        on_refusal={EmailTaken: SigningUp.email, IdentifierTaken: SigningUp.identifier},
    )
