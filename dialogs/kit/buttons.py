"""Buttons that stand on many screens, and lists to choose from."""

from collections.abc import Awaitable, Callable
from typing import Any, Final

from aiogram.fsm.state import State
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager
from aiogram_dialog.api.internal import TextWidget
from aiogram_dialog.widgets.common import WhenCondition
from aiogram_dialog.widgets.kbd import Button, Cancel, Group, Keyboard, ScrollingGroup, Select, SwitchTo

from dialogs.kit.phrase import Phrase

OnTap = Callable[[DialogManager], Awaitable[Any]]
OnId = Callable[[DialogManager, int], Awaitable[Any]]
PAGE_ROWS: Final = 8


def tap(text: TextWidget, id: str, on_tap: OnTap, when: WhenCondition = None) -> Button:
    """A button that does one thing."""

    async def on_click(callback: CallbackQuery, button: Button, manager: DialogManager) -> None:
        await on_tap(manager)

    return Button(text, id=id, on_click=on_click, when=when)


def back_to(state: State) -> SwitchTo:
    return SwitchTo(Phrase("Back"), id="back", state=state)


def back() -> Cancel:
    """Leave this dialog for the one beneath."""
    return Cancel(Phrase("Back"), id="leave")


def choose_one(
    text: TextWidget, id: str, entries: str, on_choice: OnId, columns: int = 1, when: WhenCondition = None
) -> Keyboard:
    """The entries that the getter puts under this name, each with its `id`; more than a page of them can be turned."""

    async def on_click(callback: CallbackQuery, select: Any, manager: DialogManager, chosen: int) -> None:
        await on_choice(manager, chosen)

    select = Select(
        text, id=id, items=entries, item_id_getter=lambda entry: entry.id, type_factory=int, on_click=on_click
    )
    return ScrollingGroup(
        select, id=f"{id}_pages", width=columns, height=PAGE_ROWS, hide_on_single_page=True, when=when
    )


def pair(*buttons: Keyboard) -> Group:
    """Two in a row."""
    return Group(*buttons, width=2)
