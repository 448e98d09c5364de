"""Groups for the tests of the page: a ward of two people and a bot, and the menu of a message."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from tests.e2e.page_hand import KASIA, NEWCOMER, TOKEN, Hand, Town

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

BOT: Final = int(TOKEN.partition(":")[0])

RED: Final = 0xFB6F5F


@dataclass(frozen=True)
class Ward:
    """A forum of both people, made by Kasia, with a bot in charge."""

    town: Town
    group: int
    topic: int

    def seen_by(self, person: int, thread: int | None = None) -> str:
        return f"{self.town.address_of(person)}&chat={self.group}&thread={thread or self.topic}"

    async def said(self, person: int, words: str, **more: Any) -> int:
        answer = await asked(
            self.town, "/sim/say", person=person, chat=self.group, thread=self.topic, text=words, **more
        )
        return int(answer["message_id"])


async def asked(town: Town, path: str, **values: Any) -> Any:
    async with town.http.post(path, json=values) as answer:
        answer.raise_for_status()
        return await answer.json()


async def hears_text(town: Town) -> Any:
    """The next message in words: the bot in charge hears of what happens to the group too."""
    while "text" not in (message := await town.hears()):
        pass
    return message


async def found(town: Town, title: str, *, forum: bool = False) -> int:
    bots = [{"id": BOT, "status": "administrator"}]
    values = {"title": title, "forum": forum, "creator": KASIA, "members": [NEWCOMER], "bots": bots}
    return int((await asked(town, "/sim/groups", **values))["group"]["id"])


@asynccontextmanager
async def open_menu(hand: Hand, words: str) -> AsyncIterator[None]:
    """Of the newest message that says so."""
    message = hand.page.locator("article.message:not(.service)").filter(has_text=words).last
    await message.hover()
    await message.get_by_test_id("message-more").click()
    await hand.on("message-menu").wait_for()
    yield
    await hand.on("message-menu").wait_for(state="hidden")


async def chooses(hand: Hand, words: str, choice: str) -> None:
    async with open_menu(hand, words):
        await hand.on(choice).click()


async def chooses_more(hand: Hand, choice: str) -> None:
    await hand.on("more").click()
    await hand.on(choice).click()


async def open_ward(town: Town) -> Ward:
    """One topic is open."""
    group = await found(town, "Ward", forum=True)
    topic = {"person": KASIA, "name": "Cardiology", "icon_color": RED}
    return Ward(town, group, (await asked(town, f"/sim/groups/{group}/topics", **topic))["thread"])
