"""The chat page in a real Chromium: a patient's hand on real buttons, on a phone and at a desk."""

from __future__ import annotations

import os
import shutil
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

import aiohttp
import pytest

from tests.stage.small_clinic import EYES, LIS, MARIA, OLGA, PAOLO, Somebody
from tests.stage.stage import Stage, open_telegram
from tests.stage.voice import speech_in

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from playwright.async_api import Browser, ConsoleMessage, Locator, Page

PROGRAMS: Final = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM: Final = next(filter(None, map(shutil.which, PROGRAMS)), None)
PATIENCE_MS: Final = 20_000
SIZES: Final = {"phone": (390, 844), "desk": (1280, 800)}
MISSING: Final = find_spec("playwright") is None or CHROMIUM is None
BY_HAND: Final = "300200100:" + "H" * 35

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(MISSING and os.environ.get("CI") != "true", reason="needs playwright, and Chromium on the path"),
]


@pytest.fixture
async def chromium() -> AsyncIterator[Browser]:
    from playwright.async_api import async_playwright, expect

    expect.set_options(timeout=PATIENCE_MS)
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        await browser.close()


class Hand:
    """One window, and whoever clicks in it. Whatever the page complains of fails the test at the end."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        page.set_default_timeout(PATIENCE_MS)
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note(self, message: ConsoleMessage) -> None:
        before_any_bot = "400" in message.text and "/sim/chat" in message.location["url"]
        if message.type == "error" and not before_any_bot:
            self.complaints.append(f"{message.text} ({message.location['url']})")

    @property
    def newest(self) -> Locator:
        return self.page.locator(".message:not(.leaving)").last

    async def chooses(self, somebody: Somebody) -> None:
        await self.page.get_by_test_id(f"person-{somebody.chat}").click()

    async def presses(self, words: str) -> None:
        """The newest button that says exactly this."""
        await self.page.get_by_test_id("button").get_by_text(words, exact=True).last.click()

    async def types(self, words: str) -> None:
        await self.page.get_by_test_id("composer").fill(words)
        await self.page.get_by_test_id("send").click()

    async def sees(self, words: str) -> None:
        """A message of the bot's says so."""
        from playwright.async_api import expect

        await expect(self.page.locator(".message.bot").filter(has_text=words).last).to_be_visible()

    async def logs_in(self, somebody: Somebody) -> None:
        say = speech_in(somebody.language).say
        await self.chooses(somebody)
        await self.page.get_by_test_id("start").click()
        await self.presses(say("Log in"))
        await self.sees(say("Please type your login."))
        await self.types(somebody.login)
        await self.sees(somebody.login)
        await self.types(somebody.password)
        await self.sees(say("Hello! How can we help you?"))

    async def closes_alert(self, words: str) -> None:
        """An alert stands in front of everything and says this, until it is read."""
        from playwright.async_api import expect

        alert = self.page.get_by_test_id("alert")
        await expect(alert).to_contain_text(words)
        await self.page.get_by_test_id("alert-ok").click()
        await expect(alert).to_be_hidden()


async def open_page(chromium: Browser, url: str, size: str = "desk") -> Hand:
    width, height = SIZES[size]
    hand = Hand(await chromium.new_page(viewport={"width": width, "height": height}))
    await hand.page.goto(url)
    return hand


@pytest.mark.parametrize("size", SIZES)
async def test_a_visit_is_booked_with_a_dozen_clicks(stage: Stage, chromium: Browser, size: str) -> None:
    from playwright.async_api import expect

    hand = await open_page(chromium, stage.telegram.url, size)
    await hand.logs_in(MARIA)
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
    await hand.logs_in(MARIA)
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
    await hand.logs_in(PAOLO)
    await hand.chooses(OLGA)
    await hand.page.get_by_test_id("start").click()
    await hand.sees(russian("Hello! How can we help you?"))

    await hand.chooses(PAOLO)
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


async def test_buttons_that_press_the_same_stop_turning_together(database_file: Path, chromium: Browser) -> None:
    from playwright.async_api import expect

    async with open_telegram(database_file) as stage, aiohttp.ClientSession() as http:

        async def call(method: str, **parameters: Any) -> Any:
            async with http.post(f"{stage.telegram.url}/bot{BY_HAND}/{method}", json=parameters) as answer:
                return (await answer.json())["result"]

        await call("getMe")
        hand = await open_page(chromium, stage.telegram.url)
        await hand.chooses(MARIA)
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
