"""Groups on the page for whoever listens to it, walks it by keyboard, or has a narrow phone."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.e2e.group_hand import Ward, asked, chooses_more, open_menu
from tests.e2e.page_hand import IN_A_BROWSER, KASIA, NEWCOMER, Hand, open_page
from tests.e2e.test_page_access import axe, findings

__all__ = ["axe"]

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser

pytestmark = IN_A_BROWSER

NO_OVERFLOW: Final = "document.documentElement.scrollWidth <= innerWidth"


@asynccontextmanager
async def open_form(hand: Hand) -> AsyncIterator[None]:
    """A dialog that comes when the page has read what it asks for, and goes by Escape."""
    form = hand.page.locator("dialog[open]")
    await form.wait_for()
    yield
    await hand.page.keyboard.press("Escape")
    await form.wait_for(state="detached")


async def panels(hand: Hand, ward: Ward) -> AsyncIterator[str]:
    """What groups add to the page, one after another."""
    await hand.page.goto(ward.seen_by(KASIA))
    await hand.page.get_by_text("The patient waits.", exact=True).first.wait_for()
    yield "topic"
    async with open_menu(hand, "The patient waits."):
        yield "message"
        await hand.on("message-reply").click()
    yield "reply"
    await hand.on("more").click()
    yield "more"
    await hand.on("open-topic").click()
    async with open_form(hand):
        yield "topic form"
    await chooses_more(hand, "found-group")
    async with open_form(hand):
        yield "group form"
    await hand.on("info").click()
    await hand.on(f"change-{NEWCOMER}").click()
    yield "members"
    await hand.page.keyboard.press("Escape")
    await hand.page.goto(f"{ward.town.address_of(KASIA)}&chat={ward.group}")
    await hand.on(f"topic-{ward.topic}").wait_for()
    yield "topics"
    await hand.page.goto(ward.town.address_of(KASIA))
    await hand.on(f"chat-{ward.group}").wait_for()
    yield "chats"


@pytest.mark.parametrize(("size", "look"), [("phone", "dark"), ("desk", "light"), ("desk", "dark"), ("phone", "light")])
@pytest.mark.usefixtures("axe")
async def test_axe_finds_nothing_serious_in_groups(ward: Ward, chromium: Browser, size: str, look: Any) -> None:
    waits = await ward.said(NEWCOMER, "The patient waits.")
    await asked(ward.town, "/sim/pin", person=KASIA, chat=ward.group, message_id=waits, pinned=True)
    hand = await open_page(chromium, ward.town.url, size, color_scheme=look, reduced_motion="reduce")

    found = {panel: await findings(hand) async for panel in panels(hand, ward)}

    assert {panel: faults for panel, faults in found.items() if faults} == {}
    assert len(found) == 9
    assert hand.complaints == []


async def test_the_narrowest_phone_scrolls_nowhere_sideways(ward: Ward, chromium: Browser) -> None:
    waits = await ward.said(NEWCOMER, "The patient waits.")
    await asked(ward.town, "/sim/pin", person=KASIA, chat=ward.group, message_id=waits, pinned=True)
    hand = await open_page(chromium, ward.town.url, "phone")
    await hand.page.set_viewport_size({"width": 320, "height": 640})

    fits = {panel: await hand.page.evaluate(NO_OVERFLOW) async for panel in panels(hand, ward)}

    assert all(fits.values()), fits
