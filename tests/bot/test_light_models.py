"""Models that learn of their bot in one step know all that they knew before."""

import aiogram
from aiogram.client.context_controller import BotContextController
from aiogram.methods import SendMessage
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update

from bot.late_models import models_of
from bot.light_models import OWN, _learn

UPDATE = {
    "update_id": 1,
    "callback_query": {
        "id": "5",
        "from": {"id": 7, "is_bot": False, "first_name": "Maria"},
        "chat_instance": "9",
        "data": "menu",
        "message": {
            "message_id": 5,
            "date": 0,
            "chat": {"id": 7, "type": "private"},
            "text": "hello",
            "reply_markup": {"inline_keyboard": [[{"text": "Menu", "callback_data": "menu"}]]},
        },
    },
}


def test_every_model_that_holds_its_bot_and_nothing_else_learns_in_one_step() -> None:
    made = models_of("aiogram", above=BotContextController)
    models = [model for model in made if model.__pydantic_generic_metadata__["origin"] is None]
    assert len(models) > 500
    assert {model for model in models if model.__private_attributes__.keys() != OWN} == set()
    assert {model for model in models if model.model_post_init is not _learn} == set()


def test_all_that_is_nested_knows_the_bot() -> None:
    bot = aiogram.Bot("1:" + "A" * 35)
    update = Update.model_validate(UPDATE, context={"bot": bot})
    query = update.callback_query
    assert query is not None
    assert isinstance(query.message, Message)
    markup = query.message.reply_markup
    assert markup is not None
    nested = (update, query, query.from_user, query.message, query.message.chat, markup, markup.inline_keyboard[0][0])
    assert [model.bot for model in nested] == [bot] * 7
    assert query.model_copy(update={"data": "other"}).bot is bot


def test_what_is_made_by_hand_knows_no_bot_until_it_is_told() -> None:
    bot = aiogram.Bot("1:" + "A" * 35)
    button = InlineKeyboardButton(text="Menu", callback_data="menu")
    method = SendMessage(chat_id=1, text="hello", reply_markup=InlineKeyboardMarkup(inline_keyboard=[[button]]))
    assert (button.bot, method.bot) == (None, None)
    assert method == SendMessage(chat_id=1, text="hello", reply_markup=method.reply_markup)
    assert method.as_(bot).bot is bot
