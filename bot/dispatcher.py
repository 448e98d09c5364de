"""The dispatcher: middlewares, handlers and dialogs in the order in which they are asked."""

from typing import Any

from aiogram import Dispatcher
from aiogram.fsm.storage.base import BaseEventIsolation
from aiogram.fsm.storage.memory import DisabledEventIsolation
from aiogram_dialog import ChatEvent, setup_dialogs
from aiogram_dialog.api.entities import Context, Stack
from aiogram_dialog.api.protocols import StackAccessValidator

from bot.intake.forms import FormStorage
from bot.metrics import Metrics
from bot.middlewares.drawn_twice import DrawnTwice
from bot.middlewares.refusals import Refusals
from bot.middlewares.surroundings import Surroundings
from core.clinic import Clinic
from core.identity.hasher import Hasher
from core.identity.sign_up import SignUp
from dialogs.all import dialogs_router
from handlers import alert_buttons, commands, doorstep, reachability, stale
from locales.translator import Translators


class TheirOwn(StackAccessValidator):
    """Only private chats come so far, and what is open in one is its own, whoever an update says it is from.

    The library looks for the person who opened it, in private chats too.
    """

    async def is_allowed(self, stack: Stack, context: Context | None, event: ChatEvent, data: dict[str, Any]) -> bool:
        return True


def build_dispatcher(
    clinic: Clinic, translators: Translators, hasher: Hasher, sign_up: SignUp, metrics: Metrics
) -> Dispatcher:
    """A fresh dispatcher. The inbox orders each chat, so nothing here locks."""
    unlocked: BaseEventIsolation = DisabledEventIsolation()
    dispatcher = Dispatcher(storage=FormStorage(), events_isolation=unlocked)
    dispatcher.update.outer_middleware(Surroundings(clinic, translators, hasher, sign_up))
    dispatcher.include_routers(
        commands.router(),
        alert_buttons.router(),
        dialogs_router(clinic.facility),
        reachability.router(),
        doorstep.router(),
        stale.router(),
    )
    setup_dialogs(dispatcher, events_isolation=unlocked, stack_access_validator=TheirOwn())
    dispatcher.callback_query.outer_middleware(DrawnTwice())
    refusals = Refusals(metrics.refused)
    for observer in (dispatcher.message, dispatcher.callback_query, dispatcher.errors):
        observer.middleware(refusals)
    return dispatcher
