"""What the middlewares put beside every update, with its types."""

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager

from core.clinic import Clinic
from core.identity.hasher import Hasher
from core.identity.questions import Caller, who_calls
from core.identity.sign_up import SignUp
from locales.translator import Language, Translator, Translators


def clinic_of(manager: DialogManager) -> Clinic:
    """The clinic, acting as the person who writes."""
    clinic: Clinic = manager.middleware_data["clinic"]
    return clinic


def speech_of(manager: DialogManager) -> Translator:
    """The person's language, in the facility's zone, now."""
    speech: Translator = manager.middleware_data["speech"]
    return speech


def hasher_of(manager: DialogManager) -> Hasher:
    hasher: Hasher = manager.middleware_data["hasher"]
    return hasher


def sign_up_of(manager: DialogManager) -> SignUp:
    sign_up: SignUp = manager.middleware_data["sign_up"]
    return sign_up


async def look_again(manager: DialogManager) -> Caller:
    """Who writes, after something changed about that in the middle of an update; everything acts as them from here."""
    clinic = clinic_of(manager)
    caller = await clinic.clockwork.read(who_calls, clinic.person.require_chat(), None)
    manager.middleware_data["clinic"] = clinic.acting_as(caller.person)
    return caller


async def tell(manager: DialogManager, words: str) -> None:
    """A word beside the screen: over it after a tap, above it after a message."""
    if isinstance(manager.event, CallbackQuery | Message):
        await manager.event.answer(words)


def speak(manager: DialogManager, language: Language) -> Translator:
    """Go on in this language from here, in the middle of an update."""
    translators: Translators = manager.middleware_data["translators"]
    clinic = clinic_of(manager)
    speech = translators.speak(language, zone=clinic.facility.timezone, now=clinic.clock.now())
    manager.middleware_data["speech"] = speech
    return speech
