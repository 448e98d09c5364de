"""Light and dark: as the system has it, or as it was chosen last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.e2e.page_hand import IN_A_BROWSER, KASIA, Hand, Town, open_page

if TYPE_CHECKING:
    from playwright.async_api import Browser

pytestmark = IN_A_BROWSER

LIGHT: Final = "rgb(234, 240, 241)"
DARK: Final = "rgb(14, 21, 23)"


async def sees_ground(hand: Hand, colour: str) -> None:
    from playwright.async_api import expect

    await expect(hand.page.locator("html")).to_have_css("background-color", colour)


async def test_the_page_follows_the_system(town: Town, chromium: Browser) -> None:
    hand = await open_page(chromium, town.address_of(KASIA), color_scheme="dark")
    await sees_ground(hand, DARK)

    await hand.page.emulate_media(color_scheme="light")

    await sees_ground(hand, LIGHT)


async def test_a_chosen_look_is_remembered(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    hand = await open_page(chromium, town.address_of(KASIA), color_scheme="light")
    await hand.on("look").click()
    await hand.on("look-dark").click()
    await sees_ground(hand, DARK)
    await expect(hand.page.locator("meta[name=theme-color]")).to_have_attribute("content", "#141d20")

    await hand.page.reload()

    await sees_ground(hand, DARK)
    await hand.on("look").click()
    await expect(hand.on("look-dark")).to_have_attribute("aria-checked", "true")
    await hand.on("look-system").click()
    await sees_ground(hand, LIGHT)
    assert hand.complaints == []
