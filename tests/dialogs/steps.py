"""Steps that many stories share, in the words of the patient's language."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.refusals import words_for
from core.errors import Refusal
from locales.translator import Translator
from tests.stage.patient import Phone, Screen
from tests.stage.small_clinic import EYES
from tests.stage.stage import Stage
from tests.stage.voice import WARSAW, speech_in

ENGLISH: Final = speech_in("en")
SOON_LABEL: Final = "{item.starts_at:short}, {item.starts_at:time}, {item.surname}"
ADDRESS: Final = EYES.address


def november(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A time by the clinic's clock, in November 2026; the 23rd is the stage's Monday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=WARSAW)


FIRST_FREE: Final = november(23, 11)
TOMORROW: Final = november(24, 9)


@dataclass(frozen=True)
class Time:
    """A free time as lists of times name it."""

    starts_at: datetime
    surname: str


def time_label(at: datetime, surname: str, speech: Translator = ENGLISH) -> str:
    """The button of a time in the lists of first and of nearest times."""
    return speech.say(SOON_LABEL, item=Time(at, surname))


def when(at: datetime, speech: Translator = ENGLISH) -> str:
    """Day and hour on a line of their own."""
    return speech.say("{at:when}", at=at)


def label_when(at: datetime, speech: Translator = ENGLISH) -> str:
    """Day and hour after a colon."""
    return speech.say(": {at:when}", at=at)


def said(refusal: Refusal, speech: Translator = ENGLISH) -> str:
    """What the patient reads when the clinic says no."""
    return words_for(refusal, speech)


async def sees_first_times(phone: Phone, speech: Translator = ENGLISH) -> Screen:
    """From the menu to the first free times of the eye clinic: three taps."""
    return await phone.taps(speech.say("Book a visit"), EYES.name, speech.say("First free time"))


async def holds_first_time(phone: Phone, speech: Translator = ENGLISH) -> Screen:
    """The eye clinic's first free time, before it is confirmed: four taps."""
    times = await sees_first_times(phone, speech)
    await phone.presses(times.buttons[0])
    return await phone.sees(speech.say("Confirm the booking"))


async def books_first_time(phone: Phone, speech: Translator = ENGLISH) -> Screen:
    """The eye clinic's first free time: five taps."""
    await holds_first_time(phone, speech)
    await phone.presses(speech.say("Confirm the booking"))
    return await phone.reads(speech.say("Open the visit"))


async def opens_only_visit(phone: Phone, speech: Translator = ENGLISH) -> Screen:
    """From the menu to the card of the only planned visit."""
    visits = await phone.taps(speech.say("Planned visits"))
    await phone.presses(visits.buttons[0])
    return await phone.sees(speech.say("Move"), speech.say("Cancel the visit"))


async def reads_login_data(stage: Stage, address: str, least: int = 1) -> tuple[str, str]:
    """Login and password out of the newest letter to this address; waits until so many letters came."""
    letter = (await stage.mails(address, least))[-1]
    login = re.search(r"^Login:?\s+(\S+)$", letter["text"], re.MULTILINE)
    password = re.search(r"^Password:?\s+(\S+)$", letter["text"], re.MULTILINE)
    assert login is not None, letter["text"]
    assert password is not None, letter["text"]
    return login[1], password[1]
