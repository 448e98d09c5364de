"""HTML of a mail in the mailbox: it is shown, and can do no harm."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from aiohttp import web

from tests.e2e.page_hand import IN_A_BROWSER, KASIA, PATIENCE_SECONDS, Hand, Town, letter, open_page

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser, Locator

pytestmark = IN_A_BROWSER


def row(hand: Hand, subject: str) -> Locator:
    return hand.on("mail-panel").get_by_role("button").filter(has_text=subject)


class Listener:
    """A machine out there that wants to know who opened the mail."""

    def __init__(self) -> None:
        self.url = ""
        self.heard: list[str] = []
        self.called = asyncio.Event()

    async def note(self, request: web.Request) -> web.Response:
        self.heard.append(request.path)
        self.called.set()
        return web.Response(text="noted")


@asynccontextmanager
async def open_listener() -> AsyncIterator[Listener]:
    listener = Listener()
    app = web.Application()
    app.router.add_route("*", "/{rest:.*}", listener.note)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    listener.url = "http://{}:{}".format(*runner.addresses[0][:2])
    yield listener
    await runner.cleanup()


def hostile(url: str) -> str:
    """It would rewrite itself, fetch four things, and lead elsewhere."""
    return f"""
      <link rel="stylesheet" href="{url}/style.css">
      <h1>Your visit is booked</h1>
      <img src="{url}/seen.png" alt="">
      <img src="data:," alt="" onerror="new Image().src = '{url}/error.png'">
      <iframe src="{url}/frame"></iframe>
      <script>document.querySelector("h1").textContent = "It ran"; new Image().src = "{url}/ran.png"</script>
      <meta http-equiv="refresh" content="0; url={url}/away">
    """


async def test_a_hostile_mail_neither_runs_nor_fetches(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    async with open_listener() as listener:
        bare = await chromium.new_page()
        await bare.set_content(hostile(listener.url), wait_until="commit")
        await asyncio.wait_for(listener.called.wait(), PATIENCE_SECONDS)
        await bare.close()
        listener.heard.clear()
        mail = letter()
        mail.add_alternative(hostile(listener.url), subtype="html")
        await town.mail(mail)
        hand = await open_page(chromium, town.address_of(KASIA))

        async with hand.page.expect_response(lambda response: response.url.endswith("/html")):
            await row(hand, "Your visit").click()

        frame = hand.on("mail-html")
        await expect(frame.content_frame.locator("iframe")).to_have_count(1)
        await expect(frame.content_frame.locator("h1")).to_have_text("Your visit is booked")
        await hand.page.wait_for_load_state("networkidle")
        await expect(frame.content_frame.locator("h1")).to_have_text("Your visit is booked")
        assert listener.heard == []
        assert await frame.get_attribute("sandbox") == ""


async def test_a_link_pressed_inside_the_html_leaves_the_mail_where_it_is(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    async with open_listener() as listener:
        mail = letter()
        mail.add_alternative(f'<a href="{listener.url}/where">The way</a><a href="javascript:0">No</a>', subtype="html")
        await town.mail(mail)
        hand = await open_page(chromium, town.address_of(KASIA))
        await row(hand, "Your visit").click()
        inside = hand.on("mail-html").content_frame.get_by_role("link", name="The way")

        await inside.click()

        await expect(hand.on("notice")).to_have_text("A mail leads nowhere by itself. Its links stand below it.")
        await expect(inside).to_be_visible()
        assert listener.heard == []
        links = hand.page.get_by_role("list", name="Links in the mail").get_by_role("link")
        await expect(links).to_have_count(1)
        await expect(links).to_have_attribute("href", f"{listener.url}/where")
