"""The SMS inbox beside the chat, with its small print."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.e2e.page_hand import IN_A_BROWSER, KASIA, KASIAS_PHONE, NEWCOMER, SIZES, Town, open_page

if TYPE_CHECKING:
    from playwright.async_api import Browser

pytestmark = IN_A_BROWSER

RECEIPT = "http://127.0.0.1:1/receipt?status=%d"


@pytest.mark.parametrize("size", SIZES)
async def test_an_sms_is_counted_told_and_read(town: Town, chromium: Browser, size: str) -> None:
    from playwright.async_api import expect

    hand = await open_page(chromium, town.address_of(KASIA), size)
    await expect(hand.page.get_by_role("tab", name="SMS", exact=True)).to_be_visible()

    await town.text(KASIAS_PHONE, "Visit tomorrow at 11:00.")

    await expect(hand.page.get_by_role("tab", name="SMS 1 unread")).to_be_visible()
    await expect(hand.on("news")).to_have_text("New SMS from Diamed: Visit tomorrow at 11:00.")
    await hand.turns_to("SMS")
    await expect(hand.on("sms-text")).to_have_text("Visit tomorrow at 11:00.")
    await expect(hand.on("sms-print")).to_have_text("GSM-7 · 1 segment · no receipt asked")
    await expect(hand.page.get_by_role("tab", name="SMS", exact=True)).to_be_visible()
    assert hand.complaints == []


async def test_the_small_print_tells_a_long_cyrillic_text(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    await town.text(KASIAS_PHONE, "Приём завтра. " * 6, coding="2")
    hand = await open_page(chromium, town.address_of(KASIA))

    await hand.turns_to("SMS")

    await expect(hand.on("sms-print")).to_have_text("UCS-2 · 2 segments · no receipt asked")


async def test_a_receipt_that_was_held_back_is_given_by_hand(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    await town.tell("/sim/sms/faults", kind="no_receipt")
    await town.text(KASIAS_PHONE, "Visit tomorrow.", **{"dlr-mask": "3", "dlr-url": RECEIPT})
    hand = await open_page(chromium, town.address_of(KASIA))
    await hand.turns_to("SMS")
    await expect(hand.on("sms-print")).to_contain_text("receipt awaited")

    await hand.page.get_by_role("button", name="Not delivered").click()

    await expect(hand.on("sms-print")).to_contain_text("not delivered")
    await expect(hand.on("sms-panel")).to_contain_text("The bot did not take the receipt.")


async def test_an_sms_to_a_number_typed_in_the_chat_is_given_to_whoever_typed_it(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    await town.text("+48999888777", "Welcome.")
    hand = await open_page(chromium, town.address_of(NEWCOMER))
    await hand.turns_to("SMS")

    await hand.page.get_by_role("button", name="Give to Emily Carter").click()

    await expect(hand.on("others")).to_have_count(0)
    await expect(hand.on("sms-text")).to_have_text("Welcome.")
