"""Reply keyboards, and the sharing of contacts: one's own after a question, or somebody else's card."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.e2e.page_hand import IN_A_BROWSER, KASIA, KASIAS_PHONE, NEWCOMER, SIZES, Town, open_page

if TYPE_CHECKING:
    from playwright.async_api import Browser

pytestmark = IN_A_BROWSER

ASKING: Final[dict[str, Any]] = {
    "keyboard": [[{"text": "Share my number", "request_contact": True}], ["Later", "Never"]],
    "resize_keyboard": True,
    "one_time_keyboard": True,
    "input_field_placeholder": "Or type it",
}


def only_digits(phone: str) -> str:
    return "".join(filter(str.isdigit, phone))


@pytest.mark.parametrize("size", SIZES)
async def test_a_number_is_shared_only_after_a_question(town: Town, chromium: Browser, size: str) -> None:
    from playwright.async_api import expect

    await town.call("sendMessage", chat_id=KASIA, text="Your number, please.", reply_markup=ASKING)
    hand = await open_page(chromium, town.address_of(KASIA), size)
    await expect(hand.on("composer")).to_have_attribute("placeholder", "Or type it")
    await hand.page.get_by_role("button", name="Share my number").click()
    await expect(hand.page.get_by_role("dialog", name="Share your phone number?")).to_be_visible()
    await expect(hand.on("consent-phone")).to_have_value(KASIAS_PHONE)

    await hand.on("consent-share").click()

    contact = (await town.hears())["contact"]
    assert (contact["user_id"], only_digits(contact["phone_number"])) == (KASIA, only_digits(KASIAS_PHONE))
    await expect(hand.newest.get_by_test_id("contact")).to_contain_text("Katarzyna Wójcik")
    await expect(hand.on("reply-keyboard")).to_be_hidden()
    assert hand.complaints == []


async def test_a_number_is_not_shared_when_the_question_is_closed(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    await town.call("sendMessage", chat_id=KASIA, text="Your number, please.", reply_markup=ASKING)
    hand = await open_page(chromium, town.address_of(KASIA))
    await hand.page.get_by_role("button", name="Share my number").click()

    await hand.page.keyboard.press("Escape")
    await expect(hand.on("consent")).to_be_hidden()
    await hand.page.get_by_role("button", name="Later").click()

    assert (await town.hears())["text"] == "Later"
    await expect(hand.on("contact")).to_have_count(0)


async def test_a_newcomer_without_a_number_is_asked_for_one(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    await town.call("sendMessage", chat_id=NEWCOMER, text="Your number, please.", reply_markup=ASKING)
    hand = await open_page(chromium, town.address_of(NEWCOMER))
    await hand.page.get_by_role("button", name="Share my number").click()
    await hand.on("consent-share").click()
    await expect(hand.on("consent")).to_be_visible()

    await hand.on("consent-phone").fill("+447700900123")
    await hand.on("consent-share").click()

    assert only_digits((await town.hears())["contact"]["phone_number"]) == "447700900123"


async def test_somebody_elses_card_is_nobodys_account(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    hand = await open_page(chromium, town.address_of(KASIA))
    await hand.on("attach").click()
    await hand.on("attach-card").click()
    await hand.on("card-first-name").fill("Mario")
    await hand.on("card-phone").fill("+39 333 123 4567")

    await hand.on("card-share").click()

    contact = (await town.hears())["contact"]
    assert (contact["first_name"], "user_id" in contact) == ("Mario", False)
    await expect(hand.newest.get_by_test_id("contact")).to_contain_text("Mario")


async def test_a_key_says_its_words_and_a_keyboard_for_once_folds_away(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    await town.call("sendMessage", chat_id=KASIA, text="Your number, please.", reply_markup=ASKING)
    hand = await open_page(chromium, town.address_of(KASIA))

    await hand.on("reply-button").get_by_text("Never").click()

    assert (await town.hears())["text"] == "Never"
    await expect(hand.on("reply-keyboard")).to_be_hidden()
    await hand.on("keys-toggle").click()
    await expect(hand.on("reply-keyboard")).to_be_visible()


async def test_a_keyboard_goes_when_the_bot_takes_it_away(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    await town.call("sendMessage", chat_id=KASIA, text="Your number, please.", reply_markup=ASKING)
    hand = await open_page(chromium, town.address_of(KASIA))
    await expect(hand.on("reply-keyboard")).to_be_visible()

    await town.call("sendMessage", chat_id=KASIA, text="Thank you.", reply_markup={"remove_keyboard": True})

    await hand.sees("Thank you.")
    await expect(hand.on("reply-keyboard")).to_be_hidden()
    await expect(hand.on("keys-toggle")).to_be_hidden()
    await expect(hand.on("composer")).to_have_attribute("placeholder", "Message")
