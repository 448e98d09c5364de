"""What the middlewares put beside every update, with its types."""

from aiogram_dialog import DialogManager

from core.clinic import Clinic
from core.identity.hasher import Hasher
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


def speak(manager: DialogManager, language: Language) -> Translator:
    """Go on in this language from here, in the middle of an update."""
    translators: Translators = manager.middleware_data["translators"]
    clinic = clinic_of(manager)
    speech = translators.speak(language, zone=clinic.facility.timezone, now=clinic.clock.now())
    manager.middleware_data["speech"] = speech
    return speech
