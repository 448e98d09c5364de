"""The developer's drawer, for the tests of the chat page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.e2e.page_hand import TOKEN, Hand, Town, open_page

if TYPE_CHECKING:
    from playwright.async_api import Browser, Locator


async def open_drawer(chromium: Browser, town: Town, tab: str = "calls", size: str = "desk", **context: Any) -> Hand:
    hand = await open_page(chromium, f"{town.url}/", size, **context)
    await hand.on("drawer-toggle").click()
    await hand.on(f"drawer-{tab}").click()
    return hand


def entries(hand: Hand, where: str = "calls") -> Locator:
    return hand.on(where).locator(".entry:not([hidden])")


async def refused_call(town: Town, method: str, **parameters: Any) -> Any:
    async with town.http.post(f"/bot{TOKEN}/{method}", json=parameters) as answer:
        return await answer.json(content_type=None)
