"""The language, changed wherever the person is; everything stays open beneath."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.kbd import Select

from core.identity.choose_language import choose_language
from dialogs.kit.buttons import back, pair
from dialogs.kit.marks import read_language
from dialogs.kit.phrase import Phrase
from dialogs.kit.screen import Conversation, Screen
from dialogs.kit.surroundings import clinic_of, speak
from dialogs.states import ChooseLanguage
from locales.translator import Language


async def what_languages_show(**surroundings: Any) -> dict[str, Any]:
    return {"languages": list(Language)}


async def choose(callback: CallbackQuery, select: Any, manager: DialogManager, language: Language) -> None:
    await clinic_of(manager)(choose_language, language.value)
    speech = speak(manager, language)
    await callback.answer(speech.say("Done. From now on we will write in English."), show_alert=True)
    await manager.done()


def languages() -> Conversation:
    """A fresh dialog: one a dispatcher."""
    return Conversation(
        Screen(
            Phrase("Please choose a language."),
            pair(
                Select(
                    Phrase("{item.own_name}"),
                    id="language",
                    items="languages",
                    item_id_getter=lambda language: language.value,
                    type_factory=read_language,
                    on_click=choose,
                )
            ),
            back(),
            state=ChooseLanguage.choose,
            getter=what_languages_show,
            preview_data={"languages": list(Language)},
        )
    )
