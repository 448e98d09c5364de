"""aiogram's models learn of their bot in one step: nested by the dozen in every update, they took several each.

Where the libraries are not those that this was tried with, they learn of it as ever.
"""

from typing import Any

from aiogram.client.context_controller import BotContextController

from bot.late_models import is_tried, models_of

OWN: frozenset[str] = frozenset({"_bot"})


def let_models_learn_at_once() -> None:
    """Once, before the first model is made. pydantic sets private attributes to their defaults first, a base class
    after the other, and only then the bot; here the bot is all there is."""
    if not is_tried():
        return
    for model in models_of("aiogram", above=BotContextController):
        if model.__private_attributes__.keys() == OWN:
            model.model_post_init = _learn  # type: ignore[method-assign]


def _learn(model: Any, context: Any, /) -> None:
    bot = context.get("bot") if context else None
    object.__setattr__(model, "__pydantic_private__", {"_bot": bot})
