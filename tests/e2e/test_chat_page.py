"""The chat page in a real Chromium: a patient's hand on real buttons, on a phone and at a desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import aiohttp
import pytest
import pytest_asyncio

from tests.e2e.page_hand import IN_A_BROWSER, KASIA, SIZES, TOKEN, Hand, Town, open_page
from tests.stage.small_clinic import EYES, LIS, MARIA, OLGA, PAOLO, Somebody
from tests.stage.stage import Stage, open_stage, open_telegram
from tests.stage.voice import speech_in

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser

pytestmark = IN_A_BROWSER

TWO_FRAMES = "() => new Promise((settle) => requestAnimationFrame(() => requestAnimationFrame(settle)))"
ALMOST_AT_THE_END = "(node) => { node.scrollTop = node.scrollHeight - node.clientHeight - 10; }"
# The page hears of a scroll a frame late, and by then something below may have grown.
SCROLL_AND_GROW = """(node) => {
  node.scrollTop = node.scrollHeight;
  node.querySelector(".log").style.minHeight = `${node.scrollHeight + 600}px`;
}"""
LEFT_BELOW = "(node) => node.scrollHeight - node.clientHeight - node.scrollTop"


@pytest_asyncio.fixture(loop_scope="session")
async def stage(database_url: str) -> AsyncIterator[Stage]:
    """Where the browser is: its tests share one loop."""
    async with open_stage(database_url) as opened:
        yield opened


async def log_in(hand: Hand, somebody: Somebody) -> None:
    say = speech_in(somebody.language).say
    await hand.looks_at(somebody.chat)
    await hand.on("start").click()
    await hand.presses(say("Log in"))
    await hand.sees(say("Please type your login."))
    await hand.types(somebody.login)
    await hand.sees(somebody.login)
    await hand.types(somebody.password)
    await hand.sees(say("Hello! How can we help you?"))


@pytest.mark.parametrize("size", SIZES)
async def test_a_visit_is_booked_with_a_dozen_clicks(stage: Stage, chromium: Browser, size: str) -> None:
    from playwright.async_api import expect

    hand = await open_page(chromium, stage.telegram.url, size)
    await log_in(hand, MARIA)
    await expect(hand.page.get_by_text(MARIA.password)).to_have_count(0)

    await hand.presses("Book a visit")
    await hand.presses(EYES.name)
    await hand.presses("First free time")
    await hand.presses("Mon 23/11, 11:00, Lis")
    await hand.sees("Please check the details:")
    await hand.presses("Confirm the booking")

    await hand.sees("Your visit is booked.")
    await hand.sees("Confirmation: your visit is booked.")
    await expect(hand.newest.get_by_test_id("text")).to_contain_text(LIS.name)
    await expect(hand.newest).to_be_in_viewport()
    assert stage.rows("SELECT status FROM visits") == [("confirmed",)]
    await expect(hand.page.locator("[aria-busy=true]")).to_have_count(0)
    assert await hand.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert hand.complaints == []


async def test_an_alert_is_read_and_closed(stage: Stage, chromium: Browser) -> None:
    hand = await open_page(chromium, stage.telegram.url, "phone")
    await log_in(hand, MARIA)
    await hand.presses("Book a visit")
    await hand.presses(EYES.name)

    await hand.presses("·")

    await hand.closes_alert("There are no free times on this day: 29 November.")
    await hand.presses("25")
    await hand.sees("Wednesday 25 November")
    assert hand.complaints == []


async def test_the_chat_speaks_as_the_person_does(stage: Stage, chromium: Browser) -> None:
    italian, russian, polish = (speech_in(language).say for language in ("it", "ru", "pl"))
    hand = await open_page(chromium, stage.telegram.url)
    await log_in(hand, PAOLO)
    await hand.looks_at(OLGA.chat)
    await hand.page.get_by_test_id("start").click()
    await hand.sees(russian("Hello! How can we help you?"))

    await hand.looks_at(PAOLO.chat)
    await hand.presses(italian("Book a visit"))
    await hand.sees(italian("Please choose a clinic."))
    await hand.types("/language")
    await hand.presses("Polski")

    await hand.closes_alert(polish("Done. From now on we will write in English."))
    await hand.sees(polish("Please choose a clinic."))
    await hand.page.get_by_test_id("commands").click()
    await hand.page.get_by_test_id("command-visits").click()
    await hand.sees(polish("No visits planned."))
    assert hand.complaints == []


async def test_buttons_that_press_the_same_stop_turning_together(database_url: str, chromium: Browser) -> None:
    from playwright.async_api import expect

    async with open_telegram(database_url) as stage, aiohttp.ClientSession() as http:

        async def call(method: str, **parameters: Any) -> Any:
            async with http.post(f"{stage.telegram.url}/bot{TOKEN}/{method}", json=parameters) as answer:
                return (await answer.json())["result"]

        await call("getMe")
        hand = await open_page(chromium, stage.telegram.url)
        await hand.looks_at(MARIA.chat)
        await hand.page.get_by_test_id("start").click()
        *_, start = await call("getUpdates", timeout=20, allowed_updates=["message", "callback_query"])
        both = {"inline_keyboard": [[{"text": "›", "callback_data": "2"}, {"text": "2", "callback_data": "2"}]]}
        page_one = await call("sendMessage", chat_id=MARIA.chat, text="Page 1", reply_markup=both)

        await hand.presses("2")

        [press] = await call("getUpdates", timeout=20, offset=start["update_id"] + 1)
        shown = {"chat_id": MARIA.chat, "message_id": page_one["message_id"]}
        await call("editMessageText", **shown, text="Page 2", reply_markup=both)
        turning = hand.newest.locator("[aria-busy=true]")
        await expect(turning).to_have_count(2)
        await call("answerCallbackQuery", callback_query_id=press["callback_query"]["id"])
        await expect(turning).to_have_count(0)
        assert hand.complaints == []


async def test_whoever_reads_the_end_stays_there_when_it_grows(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    for number in range(20):
        await town.call("sendMessage", chat_id=KASIA, text=f"Message {number}")
    hand = await open_page(chromium, town.address_of(KASIA))
    await expect(hand.newest).to_contain_text("Message 19")

    scroller = hand.page.locator("#scroller")
    await scroller.evaluate(ALMOST_AT_THE_END)
    await hand.page.evaluate(TWO_FRAMES)

    await scroller.evaluate(SCROLL_AND_GROW)
    await hand.page.evaluate(TWO_FRAMES)

    assert await scroller.evaluate(LEFT_BELOW) < 1
    await expect(hand.on("jump")).to_be_hidden()
