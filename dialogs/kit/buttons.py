"""Buttons that stand on many screens, and lists to choose from."""

import re
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, Final

from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, InlineKeyboardButton
from aiogram_dialog import DialogManager
from aiogram_dialog.api.internal import ButtonVariant, RawKeyboard, TextWidget
from aiogram_dialog.api.protocols import DialogProtocol
from aiogram_dialog.widgets.common import WhenCondition
from aiogram_dialog.widgets.kbd import Button, Cancel, Group, Keyboard, ScrollingGroup, Select, SwitchTo

from dialogs.kit.marks import read_id
from dialogs.kit.phrase import Phrase

OnTap = Callable[[DialogManager], Awaitable[Any]]
OnId = Callable[[DialogManager, int], Awaitable[Any]]
PAGE_ROWS: Final = 8
HALF_ROW_SIGNS: Final = 16  # more in half a row are cut off on a small phone
CYRILLIC: Final = re.compile("[\u0400-\u04ff]")
CYRILLIC_IS_WIDER: Final = 0.2  # of a sign, as phones draw it


class Pages(ScrollingGroup):
    """As many rows as suit a phone, and a row to turn them with; no arrow leads nowhere."""

    async def _render_pager(self, pages: int, manager: DialogManager) -> RawKeyboard:
        if pages < 2:
            return []
        shown = min(await self.get_page(manager), pages - 1)
        turns: list[ButtonVariant] = [self._turn(f"{shown + 1} / {pages}", shown)]
        if shown > 0:
            turns.insert(0, self._turn("‹", shown - 1))
        if shown < pages - 1:
            turns.append(self._turn("›", shown + 1))
        return [turns]

    async def _process_item_callback(
        self, callback: CallbackQuery, data: str, dialog: DialogProtocol, manager: DialogManager
    ) -> bool:
        return await super()._process_item_callback(callback, str(read_id(data)), dialog, manager)

    def _turn(self, label: str, page: int) -> InlineKeyboardButton:
        return InlineKeyboardButton(text=label, callback_data=self._item_callback_data(page))


class Pairs(Group):
    """Two in a row where both labels can be read in half of it, each in its own row where not."""

    def _wrap_kbd(self, kbd: Iterable[InlineKeyboardButton]) -> RawKeyboard:
        buttons = list(kbd)
        rows: RawKeyboard = []
        for first in range(0, len(buttons), 2):
            two = buttons[first : first + 2]
            fit = all(_width(button.text) <= HALF_ROW_SIGNS for button in two)
            rows.extend([[*two]] if fit else [[button] for button in two])
        return rows


def _width(label: str) -> float:
    return len(label) + CYRILLIC_IS_WIDER * len(CYRILLIC.findall(label))


def tap(text: TextWidget, id: str, on_tap: OnTap, when: WhenCondition = None) -> Button:
    """A button that does one thing."""

    async def on_click(callback: CallbackQuery, button: Button, manager: DialogManager) -> None:
        await on_tap(manager)

    return Button(text, id=id, on_click=on_click, when=when)


def back_to(state: State, when: WhenCondition = None) -> SwitchTo:
    """Back to this screen; the id names it, so that a second tap finds no such button there and goes no further."""
    return SwitchTo(Phrase("Back"), id=f"to_{(state.state or '').rpartition(':')[2]}", state=state, when=when)


def back(when: WhenCondition = None) -> Cancel:
    """Leave this dialog for the one beneath."""
    return Cancel(Phrase("Back"), id="leave", when=when)


def choose_one(
    text: TextWidget, id: str, entries: str, on_choice: OnId, columns: int = 1, when: WhenCondition = None
) -> Keyboard:
    """The entries that the getter puts under this name, each with its `id`; more than a page of them can be turned."""

    async def on_click(callback: CallbackQuery, select: Any, manager: DialogManager, chosen: int) -> None:
        await on_choice(manager, chosen)

    select = Select(
        text, id=id, items=entries, item_id_getter=lambda entry: entry.id, type_factory=read_id, on_click=on_click
    )
    return Pages(select, id=f"{id}_pages", width=columns, height=PAGE_ROWS, when=when)


def pair(*buttons: Keyboard) -> Group:
    """Two in a row, where the language's words leave room for it."""
    return Pairs(*buttons, width=2)
