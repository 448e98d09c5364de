"""A window and a dialog of this house."""

from collections.abc import Awaitable, Callable, Mapping
from contextvars import ContextVar
from typing import Any, Final

from aiogram.enums import ParseMode
from aiogram.fsm.state import State
from aiogram.types import Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.api.entities import NewMessage
from aiogram_dialog.api.internal import Widget
from aiogram_dialog.api.protocols import DialogProtocol
from aiogram_dialog.dialog import OnDialogEvent

from core.errors import Refusal
from dialogs.kit.contact import put_sharing_away
from dialogs.kit.form_names import name_form
from dialogs.kit.refusals import ButtonsOnly
from locales.headline import headline

Getter = Callable[..., Awaitable[dict[str, Any]]]
# The state of the screen that was drawn last, such as "Booking:slot": whoever measures asks it.
shown: Final[ContextVar[str | None]] = ContextVar("shown", default=None)


class Screen(Window):
    """The first line says the fact, and stands out; all the rest, values included, is plain text.

    What is typed where nothing is asked gets a sentence, and the screen stays. A screen stands alone: the button that
    shares a number goes when the next one comes.
    """

    def __init__(
        self, *widgets: Widget, state: State, getter: Getter | None = None, preview_data: dict[str, Any] | None = None
    ) -> None:
        super().__init__(*widgets, state=state, getter=getter, preview_data=preview_data, parse_mode=ParseMode.HTML)

    async def render(self, dialog: DialogProtocol, manager: DialogManager) -> NewMessage:
        shown.set(self.state.state)
        await put_sharing_away(manager)
        return await super().render(dialog, manager)

    async def render_text(self, data: dict[str, Any], manager: DialogManager) -> str:
        return headline(await super().render_text(data, manager))

    async def process_message(self, message: Message, dialog: DialogProtocol, manager: DialogManager) -> bool:
        if not await super().process_message(message, dialog, manager):
            raise ButtonsOnly
        return True


class Conversation(Dialog):
    """A dialog that may say where a refusal leads: `on_refusal={SlotTaken: Booking.taken}`."""

    def __init__(
        self,
        *windows: Screen,
        on_start: OnDialogEvent | None = None,
        on_refusal: Mapping[type[Refusal], State] | None = None,
    ) -> None:
        super().__init__(*windows, on_start=on_start)
        self.on_refusal = on_refusal or {}

    async def process_start(self, manager: DialogManager, start_data: Any, state: State | None = None) -> None:
        name_form(manager, manager.current_context().state)
        await super().process_start(manager, start_data, state)
