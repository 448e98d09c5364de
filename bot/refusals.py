"""Refusals have no words; here are theirs. At most 200 characters when filled: they appear as Telegram alerts."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from types import MappingProxyType
from typing import Any, Final

from core.errors import NotFound, Refusal
from core.facility.refusals import DeskClosed
from core.identity.refusals import (
    EmailNotUsable,
    EmailTaken,
    HourNotOffered,
    IdentifierTaken,
    LogInNeeded,
    NewPasswordNeeded,
    NotAName,
    NotAnIdentifier,
    NotAPhone,
    PasswordPersonal,
    PasswordSentBefore,
    PasswordTooShort,
    PhoneFromElsewhere,
    PhoneNotMobile,
    TooManyAttempts,
    TooManyLetters,
    WrongCredentials,
    WrongIdentifier,
)
from core.visits.refusals import (
    NoVisitThatDay,
    PatientBusy,
    ReasonTooLong,
    SlotPast,
    SlotTaken,
    TooLateToChange,
    VisitNotLive,
)
from dialogs.kit.refusals import (
    ButtonsOnly,
    DayPast,
    DayTooFar,
    LoginOnly,
    NotADate,
    NothingFreeThatDay,
    NothingTyped,
    OthersContact,
    TextNeeded,
    TextTooLong,
)
from locales.marks import N_
from locales.translator import Translator

WORDS: Final[Mapping[type[Refusal], str]] = MappingProxyType(
    {
        NotFound: N_("This is no longer here. Please choose from the menu."),
        DeskClosed: N_(
            "Online booking is closed now. It is open every day from {from_time:time} to {to_time:time}. "
            "You can also call {phone} or come to the reception."
        ),
        LogInNeeded: N_("Please log in first. Afterwards you are back here."),
        WrongCredentials: N_("Login and password do not match. Nothing is lost: please try once more."),
        TooManyAttempts: N_("To protect your data, please wait {wait:duration} and then try again."),
        NewPasswordNeeded: N_("Please choose a password of your own first. Afterwards you are back here."),
        NotAnIdentifier: N_(
            "A PESEL number has {digits} digits. Digits in your message: {count}. Please try once more."
        ),
        WrongIdentifier: N_(
            "This PESEL number is not right. Most often one digit is mistyped: please type it once more."
        ),
        IdentifierTaken: N_(
            "An account cannot be made with this PESEL here. Please try “Forgotten password?” on the log-in "
            "screen, or call the reception: {phone}."
        ),
        NotAName: N_(
            "A name has letters, spaces and hyphens only, and up to {limit} characters. Please type it once more."
        ),
        EmailNotUsable: N_("E-mail cannot reach this address. Please type one address, for example anna@example.com."),
        EmailTaken: N_(
            "This e-mail already belongs to another account. Every patient, including a child, needs an address of "
            "their own. A child's mailbox can forward its mail to a parent."
        ),
        NotAPhone: N_("This is not a telephone number we can use. Please type it with all its digits."),
        PhoneFromElsewhere: N_(
            "We cannot send an SMS to this country. Please give a mobile number that begins with: {prefixes}"
        ),
        PhoneNotMobile: N_("An SMS does not arrive at this number. Please give a mobile number."),
        OthersContact: N_("This is somebody else's card. Please share your own number, or type it."),
        PasswordTooShort: N_(
            "A password needs at least {least} characters, and not the same one throughout. Nothing is lost: "
            "please choose another one."
        ),
        PasswordPersonal: N_(
            "Others could guess this password: it holds a name, the date of birth or the ID number. "
            "Please choose another one."
        ),
        PasswordSentBefore: N_("This is the password from our letter. Please choose another one."),
        TooManyLetters: N_(
            "We have sent several letters already. The next one can go in {wait:duration}. "
            "Please look among the unwanted mail, too."
        ),
        HourNotOffered: N_("Reminders do not come at this hour. Please choose one of the buttons."),
        SlotTaken: N_("This time has just been taken. Your details are saved."),
        SlotPast: N_("This time can no longer be booked online. Please choose a later one."),
        PatientBusy: N_("You have another visit at that time: {starts_at:when}. Please choose another time."),
        VisitNotLive: N_("This visit is cancelled or over. From the menu you can book a new one."),
        NoVisitThatDay: N_("You have no visit ahead on this day: {day:day}. In the menu you see your planned visits."),
        TooLateToChange: N_("It is too late to change this visit here. Please call the reception: {phone}."),
        ReasonTooLong: N_("This is a little too long: {length} characters. Up to {limit} fit here."),
        TextNeeded: N_("Please answer with a text message. Everything you entered before is saved."),
        NothingTyped: N_("This message is empty. Please type your answer."),
        TextTooLong: N_("This is a little too long: {length} characters. Up to {limit} fit here."),
        LoginOnly: N_(
            "A login has no spaces. We have deleted this message, in case it held the password. "
            "Please type only the login."
        ),
        ButtonsOnly: N_("Please choose one of the buttons. For help, send /help."),
        NotADate: N_(
            "This is not a date we understand. Please type it as day and month, or choose it in the calendar."
        ),
        DayPast: N_("This date is in the past: {day:until}. Please choose a day from today on."),
        DayTooFar: N_("This date is too far ahead. The last day open for booking: {last:until}."),
        NothingFreeThatDay: N_("There are no free times on this day: {day:until}. Please choose another day."),
    }
)
WAIT_WORDS: Final = N_("Login and password do not match. Please wait {wait:duration} and then try again.")


def words_for(refusal: Refusal, speech: Translator) -> str:
    """What a person reads when the clinic says no."""
    if isinstance(refusal, WrongCredentials) and refusal.wait:
        return speech.say(WAIT_WORDS, wait=refusal.wait)
    return speech.say(WORDS[type(refusal)], **facts_of(refusal))


def facts_of(refusal: Refusal) -> dict[str, Any]:
    """The refusal's facts by name."""
    return {field.name: getattr(refusal, field.name) for field in fields(refusal)} if is_dataclass(refusal) else {}
