"""An invoice on the page: the card, the sheet, and what the bot makes of it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.e2e.page_hand import IN_A_BROWSER, KASIA, KASIAS_MAIL, PATIENCE_SECONDS, SIZES, Hand, Town, open_page
from tests.e2e.test_page_access import findings
from tests.peers.npm import install_peers

if TYPE_CHECKING:
    from playwright.async_api import Browser

pytestmark = IN_A_BROWSER

OFFER: Final = {
    "title": "First visit",
    "description": "Dermatology, Monday at 10:30",
    "payload": "visit-1",
    "provider_token": "123456:TEST:abc",
    "currency": "PLN",
    "prices": [{"label": "Visit", "amount": 10000}, {"label": "Fee", "amount": 2000}],
}
TAKEN: Final = "This time was taken a moment ago."
ONLY_PAYMENTS: Final = ["pre_checkout_query"]


@pytest.fixture(scope="module")
def axe() -> None:
    install_peers()


async def heard_so_far(town: Town) -> Any:
    """What waits for the bot. It waits no more, and from now on the bot is told of payments alone."""
    waiting = await town.call("getUpdates", timeout=0, allowed_updates=ONLY_PAYMENTS)
    if waiting:
        await town.call("getUpdates", timeout=0, offset=waiting[-1]["update_id"] + 1)
    return waiting


async def offer(town: Town, **more: Any) -> None:
    await heard_so_far(town)
    await town.call("sendInvoice", chat_id=KASIA, **OFFER, **more)


async def verdict(town: Town, **answer: Any) -> Any:
    """What the bot says to the next payment; the query it was asked."""
    [update] = await town.call("getUpdates", timeout=PATIENCE_SECONDS)
    query = update["pre_checkout_query"]
    await town.call("answerPreCheckoutQuery", pre_checkout_query_id=query["id"], **answer)
    await heard_so_far(town)
    return query


async def pays(town: Town, hand: Hand, **answer: Any) -> Any:
    query, _ = await asyncio.gather(verdict(town, **answer), hand.on("pay").click())
    return query


async def test_an_invoice_is_paid_and_leaves_a_receipt(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    await offer(town)
    hand = await open_page(chromium, town.address_of(KASIA))
    await expect(hand.on("invoice-sum")).to_have_text("120,00 PLN")

    await hand.presses("Pay 120,00 PLN")
    await expect(hand.on("payment")).to_contain_text("Fee")
    query = await pays(town, hand, ok=True)

    assert (query["total_amount"], query["invoice_payload"]) == (12000, "visit-1")
    await expect(hand.on("payment")).to_have_count(0)
    await expect(hand.on("receipt")).to_have_text("You paid 120,00 PLN")
    await expect(hand.on("paid")).to_have_text("Paid once already")
    assert hand.complaints == []


async def test_what_the_bot_refuses_is_told_and_can_be_tried_again(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    await offer(town)
    hand = await open_page(chromium, town.address_of(KASIA))
    await hand.presses("Pay 120,00 PLN")

    await pays(town, hand, ok=False, error_message=TAKEN)
    await expect(hand.on("payment-error")).to_have_text(TAKEN)
    await pays(town, hand, ok=True)

    await expect(hand.on("receipt")).to_have_count(1)


async def test_an_invoice_can_be_paid_again_and_says_that_it_was_paid(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    await offer(town)
    hand = await open_page(chromium, town.address_of(KASIA))
    await hand.presses("Pay 120,00 PLN")
    await pays(town, hand, ok=True)
    await expect(hand.on("receipt")).to_have_count(1)

    await hand.presses("Receipt")
    await expect(hand.on("payment")).to_contain_text("Paid once already.")
    await pays(town, hand, ok=True)

    await expect(hand.on("receipt")).to_have_count(2)
    await expect(hand.on("paid")).to_have_text("Paid 2 times already")


async def test_a_declined_card_pays_nothing(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    await offer(town)
    hand = await open_page(chromium, town.address_of(KASIA))
    await hand.presses("Pay 120,00 PLN")
    await hand.on("payment-card").select_option("declined")

    await pays(town, hand, ok=True)

    await expect(hand.on("payment-error")).to_contain_text("not been billed")
    await expect(hand.on("receipt")).to_have_count(0)


async def test_what_the_invoice_asks_for_is_filled_in_and_goes_to_the_bot(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    await offer(town, need_name=True, need_email=True)
    hand = await open_page(chromium, town.address_of(KASIA))
    await hand.presses("Pay 120,00 PLN")
    await expect(hand.on("payment-email")).to_have_value(KASIAS_MAIL)
    await expect(hand.on("payment-phone_number")).to_have_count(0)
    await hand.on("payment-name").fill("K. Wójcik")

    query = await pays(town, hand, ok=True)

    assert query["order_info"] == {"name": "K. Wójcik", "email": KASIAS_MAIL}


async def test_a_tip_is_added_and_one_that_is_too_large_is_not_sent(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    await offer(town, max_tip_amount=2000, suggested_tip_amounts=[500, 1500])
    hand = await open_page(chromium, town.address_of(KASIA))
    await hand.presses("Pay 120,00 PLN")
    await hand.on("payment-tip").fill("20,01")
    await hand.on("pay").click()
    await expect(hand.on("payment-tip")).to_have_js_property("validationMessage", "That is more than the bot takes.")

    await hand.on("payment").get_by_role("button", name="15,00 PLN").click()
    await expect(hand.on("pay")).to_have_text("Pay 135,00 PLN")
    query = await pays(town, hand, ok=True)

    assert query["total_amount"] == 13500


async def test_a_link_to_an_invoice_opens_its_sheet(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    link = await town.call("createInvoiceLink", **OFFER)
    await heard_so_far(town)
    await town.call("sendMessage", chat_id=KASIA, text=f'<a href="{link}">Pay now</a>', parse_mode="HTML")
    hand = await open_page(chromium, town.address_of(KASIA))

    await hand.newest.get_by_role("button", name="Pay now").click()
    await expect(hand.on("payment")).to_contain_text("First visit")
    await pays(town, hand, ok=True)

    await expect(hand.on("receipt")).to_have_text("You paid 120,00 PLN")


async def test_escape_leaves_the_sheet_and_nothing_is_paid(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    await offer(town)
    hand = await open_page(chromium, town.address_of(KASIA))
    await hand.presses("Pay 120,00 PLN")
    await expect(hand.on("pay")).to_be_focused()

    await hand.page.keyboard.press("Escape")

    await expect(hand.on("payment")).to_have_count(0)
    await expect(hand.newest.get_by_test_id("button")).to_be_focused()
    assert await heard_so_far(town) == []


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.usefixtures("axe")
async def test_axe_finds_nothing_serious_in_the_sheet(town: Town, chromium: Browser, size: str, look: Any) -> None:
    await offer(town, max_tip_amount=2000, suggested_tip_amounts=[500], need_name=True, need_phone_number=True)
    hand = await open_page(chromium, town.address_of(KASIA), size, color_scheme=look, reduced_motion="reduce")
    await hand.presses("Pay 120,00 PLN")
    await hand.on("pay").wait_for()
    await pays(town, hand, ok=False, error_message=TAKEN)
    await hand.on("payment-error").wait_for()

    assert await findings(hand) == []
    assert hand.complaints == []
