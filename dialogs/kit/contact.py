"""A telephone number, typed or shared with the messenger's own button."""

from contextlib import suppress
from typing import Final

from aiogram.exceptions import TelegramBadRequest
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Contact, KeyboardButton, Message, ReplyKeyboardMarkup, ReplyKeyboardRemove
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.api.protocols import DialogProtocol

from dialogs.kit.question import Question
from dialogs.kit.refusals import OthersContact
from dialogs.kit.surroundings import speech_of

KEYBOARD: Final = "keyboard"


class ContactQuestion(Question):
    """A Question that takes the person's own contact as well; refuses with OthersContact."""

    async def process_message(self, message: Message, dialog: DialogProtocol, manager: DialogManager) -> bool:
        if message.contact is None:
            return await super().process_message(message, dialog, manager)
        number = _own_number(message.contact, message)
        await self._on_answer(message, manager, number)
        words = speech_of(manager).say("Thank you for your number.")
        await message.answer(words, reply_markup=ReplyKeyboardRemove())
        return True


async def offer_to_share(manager: DialogManager) -> None:
    """Put the messenger's own button under the chat. Only a message can carry it; the screen stays as it is."""
    callback, speech = manager.event, speech_of(manager)
    assert isinstance(callback, CallbackQuery)
    if not isinstance(callback.message, Message):
        return
    await put_sharing_away(manager)
    share = KeyboardButton(text=speech.say("Share my number"), request_contact=True)
    keyboard = ReplyKeyboardMarkup(keyboard=[[share]], resize_keyboard=True, one_time_keyboard=True)
    words = speech.say("Please use the button below this chat. Or type the number.")
    sent = await callback.message.answer(words, reply_markup=keyboard)
    await _notes(manager).update_data({KEYBOARD: sent.message_id})
    manager.show_mode = ShowMode.NO_UPDATE


async def put_sharing_away(manager: DialogManager) -> None:
    """Take that button away again, whichever way the person went on: its message goes, and the button with it."""
    notes = _notes(manager)
    kept = await notes.get_data()
    message_id = kept.pop(KEYBOARD, None)
    if message_id is None:
        return
    await notes.set_data(kept)
    with suppress(TelegramBadRequest):  # after two days it can no longer be deleted
        await manager.middleware_data["bot"].delete_message(manager.middleware_data["event_chat"].id, message_id)


def _own_number(contact: Contact, message: Message) -> str:
    """The number with its plus, which some apps leave out."""
    if message.from_user is None or contact.user_id != message.from_user.id:
        raise OthersContact
    return f"+{contact.phone_number.lstrip('+')}"


def _notes(manager: DialogManager) -> FSMContext:
    """What is known of the chat beside its open forms: it outlives them, and is written with them."""
    notes: FSMContext = manager.middleware_data["state"]
    return notes
