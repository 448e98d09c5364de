"""What letters say, in the reader's language."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from core.alerts.alert import AlertKind
from core.alerts.questions import Letter
from core.facility.profile import FacilityProfile
from core.identity.credentials import TEMPORARY_LIVES
from jobs.mail.blocks import Block, Card, Credential, Heading, Paragraph, Words
from jobs.reminder_line import late_line, reminder_line
from locales.marks import N_
from locales.translator import Translator

Texts = Mapping[AlertKind, str]

HEADLINES: Final[Texts] = MappingProxyType(
    {
        AlertKind.VISIT_BOOKED: N_("Your visit is booked."),
        AlertKind.VISIT_MOVED: N_("Your visit has a new time."),
        AlertKind.VISIT_CANCELLED: N_("Your visit is cancelled."),
    }
)
SUBJECTS: Final[Texts] = MappingProxyType(
    {
        AlertKind.VISIT_BOOKED: N_("Your visit is booked: {visit.starts_at:when}"),
        AlertKind.VISIT_MOVED: N_("Your visit has a new time: {visit.starts_at:when}"),
        AlertKind.VISIT_CANCELLED: N_("Your visit is cancelled: {visit.starts_at:when}"),
    }
)
DISCREET_HEADLINES: Final[Texts] = MappingProxyType(
    {
        AlertKind.VISIT_BOOKED: N_("Your appointment is booked."),
        AlertKind.VISIT_MOVED: N_("Your appointment has a new time."),
        AlertKind.VISIT_CANCELLED: N_("Your appointment is cancelled."),
    }
)
DISCREET_SUBJECTS: Final[Texts] = MappingProxyType(
    {
        AlertKind.VISIT_BOOKED: N_("Your appointment is booked: {visit.starts_at:when}"),
        AlertKind.VISIT_MOVED: N_("Your appointment has a new time: {visit.starts_at:when}"),
        AlertKind.VISIT_CANCELLED: N_("Your appointment is cancelled: {visit.starts_at:when}"),
    }
)
NEXT_STEP: Final[Texts] = MappingProxyType(
    {
        AlertKind.VISIT_BOOKED: N_("You can move or cancel it in Telegram. A file for your calendar is attached."),
        AlertKind.VISIT_MOVED: N_("You can move or cancel it in Telegram. A file for your calendar is attached."),
        AlertKind.VISIT_CANCELLED: N_(
            "You can choose another time in Telegram. The attached file takes this one out of your calendar."
        ),
    }
)


def word(
    letter: Letter, facility: FacilityProfile, speech: Translator, *, password: str = "", answered: bool = False
) -> Words:
    """The alert as a letter; a discreet one names neither facility nor doctor, clinic and place.

    `password` is what CREDENTIALS are about; `answered`: somebody reads what is written back. EMAIL_BOUNCED never goes
    by e-mail: raises KeyError.
    """
    match letter.kind:
        case AlertKind.CREDENTIALS:
            headline = _credentials_headline(letter, speech)
            subject, blocks = headline, _credentials(letter, facility, speech, password)
        case AlertKind.REMINDER:
            headline = reminder_line(letter, facility, speech)
            subject, blocks = headline, _reminder(letter, speech)
        case kind:
            [visit] = letter.visits
            headline = speech.say((DISCREET_HEADLINES if letter.discreet else HEADLINES)[kind])
            subject = speech.say((DISCREET_SUBJECTS if letter.discreet else SUBJECTS)[kind], visit=visit)
            blocks = _confirmation(letter, speech)
    return Words(subject, headline, tuple(blocks), tuple(_footer(letter, facility, speech, answered)))


def _confirmation(letter: Letter, speech: Translator) -> Iterator[Block]:
    yield from _visits(letter, speech)
    yield Paragraph(speech.say(NEXT_STEP[letter.kind]))


def _reminder(letter: Letter, speech: Translator) -> Iterator[Block]:
    yield from map(Paragraph, late_line(letter, speech))
    yield from _visits(letter, speech)
    yield Paragraph(speech.say("You can answer, move or cancel in Telegram."))


def _visits(letter: Letter, speech: Translator) -> Iterator[Block]:
    """Time, doctor, clinic and place; what to do before it, unless it is not going to take place."""
    for visit in letter.visits:
        when = speech.say("{visit.starts_at:when}", visit=visit)
        if letter.discreet:
            yield Card(when, ())
            continue
        yield Card(when, (speech.say("{visit.doctor}, {visit.clinic}", visit=visit), visit.address))
        if visit.preparation and letter.kind is not AlertKind.VISIT_CANCELLED:
            yield Heading(speech.say("How to prepare"))
            yield Paragraph(visit.preparation)
    if letter.discreet:
        yield Paragraph(speech.say("Details are in Telegram."))


def _credentials_headline(letter: Letter, speech: Translator) -> str:
    return speech.say("Your account is ready.") if letter.reader.is_new else speech.say("You have a new password.")


def _credentials(letter: Letter, facility: FacilityProfile, speech: Translator, password: str) -> Iterator[Block]:
    """How to log in, and what comes next (DIAMED-11, DIAMED-12); the desk is there all the same (DIAMED-10)."""
    if not letter.reader.is_new:
        yield Paragraph(speech.say("Your own password goes on working until you log in with this one."))
    # First: a list of letters shows how each begins, and the password is nobody else's business.
    yield Heading(speech.say("How to log in"))
    yield Paragraph(speech.say("Open our chat in Telegram, choose Log in, and enter the login, then the password."))
    yield Credential(speech.say("Login"), letter.reader.login)
    yield Credential(speech.say("Password"), password)
    yield Paragraph(
        speech.say_plural(
            "This password is valid for {count} day. When you log in with it, you choose one of your own.",
            "This password is valid for {count} days. When you log in with it, you choose one of your own.",
            TEMPORARY_LIVES.days,
        )
    )
    yield Paragraph(speech.say("Please do not share it with anyone. Nobody from our staff will ever ask you for it."))
    if not letter.reader.is_new:
        yield Paragraph(speech.say("If you did not ask for a new password, there is nothing you need to do."))
    yield Paragraph(
        speech.say("Telegram is not obligatory. By phone and at the reception we are glad to help you as well.")
    )


def _footer(letter: Letter, facility: FacilityProfile, speech: Translator, answered: bool) -> Iterator[str]:
    reception = facility.reception
    if not letter.discreet:
        yield facility.name
        yield reception.address
    yield speech.say("Reception, by phone: {phone}", phone=reception.phone)
    if not answered:
        yield speech.say("This letter was sent automatically: answers to it are not read.")
