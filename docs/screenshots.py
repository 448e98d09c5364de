"""The README's pictures: the demo clinic at work in the sandbox, played by patients and staff. `make screenshots`.

Everything happens in a temporary folder and at one fixed moment; the pictures land in docs/screenshots/.
"""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import aiohttp
from playwright.async_api import Browser, Page, ViewportSize, async_playwright, expect
from pydantic import SecretStr

from bot.demo_telegram import people_of_the_demo
from bot.logs import set_up_logs
from bot.sandbox_settings import SANDBOX_BOT, settings_in_sandbox
from bot.settings import Settings
from core.demo.load_demo import load_demo
from core.demo.read_demo import read_demo
from core.identity.hasher import Hasher
from docs.staff_scene import play_staff
from docs.windows import BARE_PHONE, DESK, NO_OFFSET, PATIENCE_MS, PHONE, open_window, shot, side_by_side
from locales.translator import Language, Translators, load_translators
from main import MovableClock, open_clinic, open_desk
from sandbox.app import serve

PICTURES: Final = Path(__file__).parent / "screenshots"
MOMENT: Final = datetime(2026, 12, 7, 9, 4, tzinfo=UTC)  # a Monday, 10:04 in Warsaw
SMALL: Final = 300 / 390
CLINIC: Final = "Poradnia dermatologiczna"


@dataclass(frozen=True)
class Actor:
    """Somebody of the demo clinic, as docs/demo.md lists them."""

    chat: int
    language: Language
    login: str
    password: str = field(repr=False)


KATARZYNA: Final = Actor(1001, Language.PL, "katarzyna.wojcik", "konwalia-427")
GIULIA: Final = Actor(1003, Language.IT, "giulia.ferrara", "girasole-318")
MAREK: Final = Actor(1002, Language.PL, "marek.lewandowski", "jesion-583")
IRINA: Final = Actor(1005, Language.RU, "irina.sokolova", "ryabina-265")
EMILY: Final = Actor(1007, Language.EN, "emily.carter", "kingfisher-541")


class Window:
    """One actor's chat in the browser; buttons go by their English names."""

    def __init__(self, page: Page, actor: Actor, translators: Translators) -> None:
        self._page = page
        self._actor = actor
        self._speech = translators.speak(actor.language, zone=UTC, now=MOMENT)

    async def presses(self, english: str) -> None:
        await self.presses_exactly(self._speech.say(english))

    async def presses_exactly(self, label: str) -> None:
        await self._page.get_by_test_id("button").get_by_text(label, exact=True).last.click()

    async def presses_first(self) -> None:
        await self._page.locator(".message").last.get_by_test_id("button").first.click()

    async def types(self, words: str) -> None:
        await self._page.get_by_test_id("composer").fill(words)
        await self._page.get_by_test_id("send").click()

    async def sees(self, english: str) -> None:
        words = self._speech.say(english)
        await expect(self._page.locator(".message.bot").filter(has_text=words).last).to_be_visible()
        await expect(self._page.locator("[aria-busy=true]")).to_have_count(0)

    async def logs_in(self) -> None:
        await self._page.get_by_test_id("start").click()
        await self.presses("Log in")
        await self.sees("Please type your login.")
        await self.types(self._actor.login)
        await expect(self._page.get_by_text(self._actor.login, exact=True).last).to_be_visible()
        await self.sees("Another login")
        await self.types(self._actor.password)
        await self.sees("Planned visits")

    async def opens_calendar(self) -> None:
        await self.presses("Book a visit")
        await self.presses_exactly(CLINIC)
        await self.sees("First free time")

    async def opens_letter(self) -> None:
        """The newest one; the mailbox lies beside the chat."""
        letter = self._page.locator(".row-mail").first
        await expect(letter).to_be_visible()
        await letter.click()
        await expect(self._page.frame_locator("#letter iframe").locator("h1")).to_be_visible()

    async def opens_drawer(self, tab: str) -> None:
        await self._page.get_by_test_id("drawer-toggle").click()
        await self.turns_drawer_to(tab)

    async def turns_drawer_to(self, tab: str) -> None:
        await self._page.get_by_test_id(f"drawer-{tab}").click()

    async def shot(self, part: str | None = None) -> bytes:
        return await shot(self._page, part)


class Studio:
    """A browser in front of the sandbox; each picture has its own window."""

    def __init__(self, browser: Browser, url: str) -> None:
        self._browser = browser
        self._url = url
        self._translators = load_translators()

    async def window(self, actor: Actor, size: ViewportSize = PHONE, dark: bool = False) -> Window:
        page = await open_window(self._browser, f"{self._url}/#person={actor.chat}", size, dark)
        await page.add_style_tag(content=BARE_PHONE if size is PHONE else NO_OFFSET)
        return Window(page, actor, self._translators)

    async def side_by_side(self, shots: list[bytes], scale: float = 1.0) -> bytes:
        return await side_by_side(self._browser, shots, scale)

    async def plan(self, **fault: object) -> None:
        async with aiohttp.ClientSession(self._url, raise_for_status=True) as http:
            await http.post("/sim/faults", json=fault)


@asynccontextmanager
async def open_demo(folder: Path) -> AsyncIterator[str]:
    """The demo clinic open for everybody in the sandbox, at the moment; its address."""
    telegram, clock = await serve(), MovableClock()
    shown = Settings(secret_key=SecretStr("for pictures only"), database_url=f"sqlite:///{folder / 'reception.db'}")
    settings = settings_in_sandbox(shown, telegram.url, telegram.smtp_url, telegram.sms_url)
    clock.offset = MOMENT - clock.now()
    try:
        async with aiohttp.ClientSession(telegram.url, raise_for_status=True) as http:
            await http.post("/sim/clock", json={"set": MOMENT.isoformat()})
            await people_of_the_demo(telegram.url, settings.demo_file, SANDBOX_BOT)
            async with open_clinic(settings, clock) as clinic:
                await load_demo(clinic, Hasher(), read_demo(settings.demo_file))
                async with open_desk(settings, clinic, clock):
                    await http.get("/sim/bots", params={"timeout": "20"})
                    yield telegram.url
    finally:
        await telegram.close()


async def play(studio: Studio) -> dict[str, bytes]:
    """Four people book; the pictures by name."""
    pictures, calendars = {}, []
    for actor in (KATARZYNA, GIULIA, IRINA, EMILY):
        phone = await studio.window(actor)
        await phone.logs_in()
        await phone.opens_calendar()
        calendars.append(await phone.shot())
    pictures["languages"] = await studio.side_by_side([calendars[at] for at in (3, 1, 2, 0)], SMALL)

    desk = await studio.window(KATARZYNA, DESK)
    await desk.sees("First free time")
    pictures["desk"] = await desk.shot()

    dark = await studio.window(GIULIA, dark=True)
    await dark.presses("First free time")
    await dark.sees("The first free times:")
    await dark.presses_first()
    await dark.sees("Confirm the booking")
    pictures["confirm"] = await dark.shot()

    light = await studio.window(EMILY)
    await light.presses("First free time")
    await light.sees("The first free times:")
    await light.presses_first()
    await light.presses("Confirm the booking")
    await light.sees("Move or cancel")
    pictures["confirmed"] = await light.shot()

    await desk.presses("First free time")
    await desk.sees("The first free times:")
    await desk.presses_first()
    await desk.presses("Confirm the booking")
    await desk.sees("Move or cancel")
    await desk.opens_letter()
    pictures["letters"] = await desk.shot()
    return pictures


async def play_faults(studio: Studio) -> dict[str, bytes]:
    """One books while Telegram stumbles: what was called, and what is planned next."""
    window = await studio.window(MAREK, DESK, dark=True)
    await window.logs_in()
    await studio.plan(method="editMessageText", kind="error", code=429, retry_after=1)
    await studio.plan(method="editMessageText", kind="html502", skip=1)
    await window.opens_calendar()
    await studio.plan(method="sendMessage", kind="error", code=429, retry_after=5, times=2)
    await studio.plan(method="*", kind="timeout_after", probability=0.1, times=10)
    await window.opens_drawer("calls")
    called = await window.shot()
    await window.turns_drawer_to("faults")
    planned = await window.shot("#drawer")
    return {"sandbox-drawer": await studio.side_by_side([called, planned])}


async def main() -> None:
    set_up_logs("WARNING")
    expect.set_options(timeout=PATIENCE_MS)
    with TemporaryDirectory() as folder:
        async with open_demo(Path(folder)) as url, async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
            )
            studio = Studio(browser, url)
            pictures = await play(studio) | await play_staff(browser, url) | await play_faults(studio)
            await browser.close()
    PICTURES.mkdir(exist_ok=True)
    for name, picture in pictures.items():
        (PICTURES / f"{name}.png").write_bytes(picture)


if __name__ == "__main__":
    asyncio.run(main())
