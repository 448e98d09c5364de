"""A hand on the chat page in a real Chromium, and a town for it: a sandbox, a bot's wire, a post office."""

from __future__ import annotations

import os
import shutil
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import aiohttp
import aiosmtplib
import pytest

from sandbox.app import Sandbox, serve

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from playwright.async_api import Browser, ConsoleMessage, Locator, Page

PROGRAMS: Final = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM: Final = next(filter(None, map(shutil.which, PROGRAMS)), None)
MISSING: Final = find_spec("playwright") is None or CHROMIUM is None
IN_A_BROWSER: Final = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.skipif(MISSING and os.environ.get("CI") != "true", reason="needs playwright, and Chromium on the path"),
]
PATIENCE_MS: Final = 20_000
PATIENCE_SECONDS: Final = 20
SIZES: Final = {"phone": (390, 844), "desk": (1280, 800)}
TOKEN: Final = "300200100:" + "H" * 35
KASIA: Final = 1001
KASIAS_MAIL: Final = "kasia@example.pl"
KASIAS_PHONE: Final = "+48601234567"
NEWCOMER: Final = 1002
CLINICS_MAIL: Final = "Diamed <reception@diamed.example>"


@asynccontextmanager
async def open_chromium() -> AsyncIterator[Browser]:
    from playwright.async_api import async_playwright, expect

    expect.set_options(timeout=PATIENCE_MS)
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        await browser.close()


class Hand:
    """One window, and whoever clicks in it. Whatever the page complains of is kept for the test's end."""

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

    def on(self, test_id: str) -> Locator:
        return self.page.get_by_test_id(test_id)

    async def looks_at(self, person: int) -> None:
        await self.on(f"person-{person}").click()

    async def downloads(self, link: Locator) -> tuple[str, bytes]:
        """The file's name, and what is in it."""
        async with self.page.expect_download() as download:
            await link.click()
        arrived = await download.value
        return arrived.suggested_filename, content_of(await arrived.path())

    async def turns_to(self, tab: str) -> None:
        """Chat, Mail or SMS; the desk has no tab for its chat."""
        await self.page.get_by_role("tab", name=tab).click()

    async def presses(self, words: str) -> None:
        """The newest button that says exactly this."""
        await self.on("button").get_by_text(words, exact=True).last.click()

    async def types(self, words: str) -> None:
        await self.on("composer").fill(words)
        await self.on("send").click()

    async def sees(self, words: str) -> None:
        """A message of the bot's says so."""
        from playwright.async_api import expect

        await expect(self.page.locator(".message.bot").filter(has_text=words).last).to_be_visible()

    async def closes_alert(self, words: str) -> None:
        """An alert stands in front of everything and says this, until it is read."""
        from playwright.async_api import expect

        alert = self.on("alert")
        await expect(alert).to_contain_text(words)
        await self.on("alert-ok").click()
        await expect(alert).to_be_hidden()


def content_of(path: Path) -> bytes:
    return path.read_bytes()


async def open_page(chromium: Browser, url: str, size: str = "desk", **context: Any) -> Hand:
    """The address may name a person: `...#person=1001`."""
    width, height = SIZES[size]
    hand = Hand(await chromium.new_page(viewport={"width": width, "height": height}, **context))
    await hand.page.goto(url)
    return hand


@dataclass
class Town:
    """Two people, one with addresses; a bot that only does what the test does; and whoever writes to them."""

    sandbox: Sandbox
    http: aiohttp.ClientSession
    _heard: int = field(default=0)

    @property
    def url(self) -> str:
        return self.sandbox.url

    def address_of(self, person: int) -> str:
        return f"{self.url}/#person={person}"

    async def call(self, method: str, **parameters: Any) -> Any:
        """What the bot does."""
        async with self.http.post(f"/bot{TOKEN}/{method}", json=parameters) as answer:
            return (await answer.json())["result"]

    async def hears(self) -> Any:
        """The next message that a person sent to the bot."""
        while True:
            wanted = {"timeout": PATIENCE_SECONDS, "offset": self._heard, "limit": 1, "allowed_updates": ["message"]}
            [update] = await self.call("getUpdates", **wanted)
            self._heard = update["update_id"] + 1
            if "message" in update:
                return update["message"]

    async def download(self, file_id: str) -> bytes:
        """As a bot does it."""
        path = (await self.call("getFile", file_id=file_id))["file_path"]
        async with self.http.get(f"/file/bot{TOKEN}/{path}") as answer:
            return await answer.read()

    async def send_document(self, name: str, content: bytes, caption: str = "") -> None:
        form = aiohttp.FormData({"chat_id": str(KASIA), "caption": caption})
        form.add_field("document", content, filename=name)
        async with self.http.post(f"/bot{TOKEN}/sendDocument", data=form) as answer:
            answer.raise_for_status()

    async def mail(self, mail: EmailMessage) -> None:
        server = urlsplit(self.sandbox.smtp_url)
        await aiosmtplib.send(mail, hostname=server.hostname, port=server.port, start_tls=False)

    async def text(self, to: str, words: str, **more: str) -> None:
        """An SMS, as a clinic's gateway is asked for one."""
        sender = {"username": "sandbox", "password": "sandbox", "from": "Diamed", "charset": "UTF-8"}
        async with self.http.get("/cgi-bin/sendsms", params={**sender, "to": to, "text": words, **more}) as answer:
            answer.raise_for_status()

    async def tell(self, path: str, **values: Any) -> None:
        async with self.http.post(path, json=values) as answer:
            answer.raise_for_status()


@asynccontextmanager
async def open_town() -> AsyncIterator[Town]:
    sandbox = await serve()
    try:
        async with aiohttp.ClientSession(sandbox.url) as http:
            town = Town(sandbox, http)
            await settle(town)
            yield town
    finally:
        await sandbox.close()


async def settle(town: Town) -> None:
    """Both have said their first word, so that the bot may write to them."""
    kasia = {"id": KASIA, "first_name": "Katarzyna", "last_name": "Wójcik", "language_code": "pl"}
    newcomer = {"id": NEWCOMER, "first_name": "Emily", "last_name": "Carter", "language_code": "en"}
    people = [{**kasia, "email": KASIAS_MAIL, "phone": KASIAS_PHONE}, newcomer]
    await town.tell("/sim/people", people=people)
    await town.call("getMe")
    for person in (KASIA, NEWCOMER):
        await town.tell("/sim/say", person=person, text="/start")
        await town.hears()


def letter(to: str = KASIAS_MAIL, subject: str = "Your visit", text: str = "See you on Monday.") -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = CLINICS_MAIL, to, subject
    mail["Message-ID"] = "<visit-1@diamed.example>"
    mail.set_content(text)
    return mail
