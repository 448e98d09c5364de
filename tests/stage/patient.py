"""Somebody with a phone in front of the bot: says, presses, and reads what is on the screen."""

import asyncio
from dataclasses import dataclass
from typing import Any, Final

import aiohttp

PATIENCE_SECONDS: Final = 20.0
SCREEN_MARK: Final = "\x1d"  # in the data of every button of a dialog; alerts have plain ones


class NotSeen(AssertionError):
    """What a person waited for never came; the message is the chat as it stood."""


@dataclass(frozen=True)
class Screen:
    """One message of the bot's."""

    message_id: int
    text: str
    buttons: tuple[str, ...]
    data: tuple[str, ...]

    def __contains__(self, words: str) -> bool:
        return words in self.text


class Phone:
    """One person's side of the sandbox, over HTTP."""

    def __init__(self, http: aiohttp.ClientSession, url: str, person: int) -> None:
        self._http = http
        self._url = url
        self.person = person
        self.answer: dict[str, Any] | None = None
        self._last_said = 0

    async def says(self, text: str | None = None, kind: str | None = None) -> None:
        body = {"person": self.person, **({"text": text} if kind is None else {"kind": kind})}
        self._last_said = (await self._post("say", body))["message_id"]

    async def shares(self, **card: Any) -> None:
        """A contact: one's own with `phone_number`, another's with `contact`."""
        body = {"person": self.person, "kind": "contact", **card}
        self._last_said = (await self._post("say", body))["message_id"]

    async def presses(self, button: str, message_id: int | None = None, wait: float = PATIENCE_SECONDS) -> str | None:
        """Press the newest button of this name and wait for the answer; returns the answer's words, if it has any."""
        body: dict[str, Any] = {"person": self.person, "button": button, "wait": wait}
        if message_id is not None:
            body["message_id"] = message_id
        told = await self._post("press", body)
        self.answer = told["answer"]
        if wait and not told["answered"]:
            raise NotSeen(f"no answer to {button!r}\n{await self.chat_text()}")
        return self.answer["text"] if self.answer else None

    async def taps(self, *buttons: str) -> Screen:
        """Press one after the other, each on the screen that the one before led to; the last screen."""
        for button in buttons:
            await self.presses(button)
        return await self.screen()

    async def presses_data(self, message_id: int, data: str, wait: float = PATIENCE_SECONDS) -> str | None:
        """Press a button by its data, on the message or not: an old one, a forged one."""
        body = {"person": self.person, "message_id": message_id, "data": data, "wait": wait}
        told = await self._post("press", body)
        self.answer = told["answer"]
        return self.answer["text"] if self.answer else None

    async def sees(self, *words: str) -> Screen:
        """Wait until the newest screen says all these words, or has buttons of these names.

        After something was said, only a screen beneath it counts: what is typed is answered anew.
        """

        def newest(screens: list[Screen]) -> Screen | None:
            beneath = [screen for screen in screens[-1:] if screen.message_id > self._last_said]
            return _last_matching(beneath, words)

        return await self._wait_for(newest, words)

    async def reads(self, *words: str) -> Screen:
        """Wait until any message of the bot's says all these words."""
        return await self._wait_for(lambda screens: _last_matching(screens, words), words, all_messages=True)

    async def screen(self) -> Screen:
        """The newest screen, now: the newest message with buttons that is no alert."""
        screens = _screens(await self._get("chat", {}), all_messages=False)
        if not screens:
            raise NotSeen("no screen at all")
        return screens[-1]

    async def messages(self) -> list[Screen]:
        """Everything the bot says in the chat, now."""
        return _screens(await self._get("chat", {}), all_messages=True)

    async def own_words(self) -> list[str]:
        """What is left in the chat of what the person wrote."""
        chat = await self._get("chat", {})
        return [message["text"] for message in chat["messages"] if message["from"] == "person"]

    async def chat_text(self) -> str:
        async with self._http.get(f"{self._url}/sim/chat.txt", params={"person": self.person}) as response:
            return await response.text()

    async def commands(self) -> dict[str, str]:
        chat = await self._get("chat", {})
        return {command["command"]: command["description"] for command in chat["commands"]}

    async def blocks(self) -> None:
        await self._post("block", {"person": self.person})

    async def unblocks(self) -> None:
        await self._post("unblock", {"person": self.person})

    async def _wait_for(self, found: Any, words: tuple[str, ...], all_messages: bool = False) -> Screen:
        loop = asyncio.get_running_loop()
        deadline = loop.time() + PATIENCE_SECONDS
        revision = -1
        while (left := deadline - loop.time()) > 0:
            chat = await self._get("chat", {"after": revision, "timeout": min(left, 5)})
            revision = chat["revision"]
            screen: Screen | None = found(_screens(chat, all_messages))
            if screen is not None:
                return screen
        raise NotSeen(f"never saw {words}\n{await self.chat_text()}")

    async def _post(self, call: str, body: dict[str, Any]) -> Any:
        async with self._http.post(f"{self._url}/sim/{call}", json=body) as response:
            answer = await response.json()
            if response.status != 200:
                raise NotSeen(f"{call}: {answer}\n{await self.chat_text()}")
            return answer

    async def _get(self, call: str, query: dict[str, Any]) -> Any:
        async with self._http.get(f"{self._url}/sim/{call}", params={"person": self.person, **query}) as response:
            return await response.json()


def _screens(chat: Any, all_messages: bool) -> list[Screen]:
    screens = []
    for message in chat["messages"]:
        rows = message["inline_keyboard"] or []
        buttons = [button for row in rows for button in row]
        on_screen = any(SCREEN_MARK in button.get("callback_data", "") for button in buttons)
        if message["from"] == "bot" and (on_screen or all_messages):
            screens.append(
                Screen(
                    message["message_id"],
                    message["text"],
                    tuple(button["text"] for button in buttons),
                    tuple(button.get("callback_data", "") for button in buttons),
                )
            )
    return screens


def _last_matching(screens: list[Screen], words: tuple[str, ...]) -> Screen | None:
    for screen in reversed(screens):
        if all(word in screen.text or word in screen.buttons for word in words):
            return screen
    return None
