"""The only two text widgets: whole English sentences, said in the person's language."""

from typing import Any, Final

from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.common import WhenCondition
from aiogram_dialog.widgets.text import Text

from dialogs.kit.surroundings import speech_of

NEVER_SAID: Final = frozenset({"middleware_data", "event", "dialog_data", "start_data"})


class Phrase(Text):
    """A sentence with named fields: `Phrase("Please choose a time: {day:day}")`."""

    def __init__(self, text: str, when: WhenCondition = None) -> None:
        super().__init__(when=when)
        self.text = text

    async def _render_text(self, data: dict[str, Any], manager: DialogManager) -> str:
        return speech_of(manager).say(self.text, **_sayable(data))


class PluralPhrase(Text):
    """A sentence that agrees with a number, found in the window's data under `by`."""

    def __init__(self, one: str, many: str, by: str, when: WhenCondition = None) -> None:
        super().__init__(when=when)
        self.one, self.many, self.by = one, many, by

    async def _render_text(self, data: dict[str, Any], manager: DialogManager) -> str:
        values = _sayable(data)
        return speech_of(manager).say_plural(self.one, self.many, values.pop(self.by), **values)


def _sayable(data: dict[str, Any]) -> dict[str, Any]:
    """Whatever reaches a text could be printed by it: the bot, with its token, never does."""
    return {name: value for name, value in data.items() if name not in NEVER_SAID}
