"""A person in front of a bot: presses a button, and waits for what the bot shows then."""

from dataclasses import dataclass, field
from typing import Any, Final

from bench.stage.telegram import Telegram, bot_id

PATIENCE_SECONDS: Final = 30


class NothingCame(AssertionError):
    """The bot showed something else than the person waited for; the text is what it showed."""


@dataclass
class Hand:
    telegram: Telegram
    token: str
    person: int
    _seen: int = field(default=-1, init=False)
    _messages: list[dict[str, Any]] = field(default_factory=list, init=False)

    async def says(self, text: str, then: str) -> None:
        said = await self.telegram.sim("say", {**self._place, "text": text})
        await self._sees(then, said["revision"])

    async def presses(self, label: str, then: str, until_answered: bool = False) -> None:
        """The first button with these words, on the newest screen that has one; `then`: what is shown afterwards."""
        message, button = self._button(label)
        act = {**self._place, "message_id": message["message_id"], "data": button["callback_data"]}
        if until_answered:
            act["wait"] = PATIENCE_SECONDS
        pressed = await self.telegram.sim("press", act)
        await self._sees(then, pressed["revision"])

    @property
    def _place(self) -> dict[str, Any]:
        return {"person": self.person, "bot": bot_id(self.token)}

    async def _sees(self, words: str, revision: int) -> None:
        while True:
            query = {**self._place, "after": revision, "timeout": PATIENCE_SECONDS}
            chat = await self.telegram.ask("chat", **query)
            self._messages = chat["messages"]
            if any(words in message["text"] for message in self._messages if message["inline_keyboard"]):
                return
            if chat["revision"] <= revision:
                raise NothingCame(f"{words!r}; there was {[message['text'] for message in self._messages]}")
            revision = chat["revision"]

    def _button(self, label: str) -> tuple[dict[str, Any], dict[str, Any]]:
        for message in reversed(self._messages):
            for row in message["inline_keyboard"] or ():
                for button in row:
                    if label in button["text"]:
                        return message, button
        raise NothingCame(f"no button {label!r} among {self._messages}")
