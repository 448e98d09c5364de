"""The README's pictures: the demo clinic at work in the sandbox, played by four people. `make screenshots`.

Everything happens in a temporary folder and at one fixed moment; the pictures land in docs/screenshots/.
"""

import asyncio
import shutil
from base64 import b64encode
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
from bot.settings import Settings
from core.demo.load_demo import load_demo
from core.demo.read_demo import read_demo
from core.identity.hasher import Hasher
from locales.translator import Language, Translators, load_translators
from main import SANDBOX_BOT, SANDBOX_SENDER, SANDBOX_TOKEN, MovableClock, open_clinic, open_desk
from sandbox.app import serve

PICTURES: Final = Path(__file__).parent / "screenshots"
MOMENT: Final = datetime(2026, 12, 7, 9, 4, tzinfo=UTC)  # a Monday, 10:04 in Warsaw
PATIENCE_MS: Final = 30_000
DESK: Final[ViewportSize] = {"width": 1280, "height": 800}
PHONE: Final[ViewportSize] = {"width": 390, "height": 760}
CLINIC: Final = "Poradnia dermatologiczna"
# A phone shows the chat alone; how far the clock was moved is nobody's business in a picture.
BARE_PHONE: Final = ".clock, .credentials, .tabs { display: none !important }"
NO_OFFSET: Final = "#offset { display: none }"
SIDE_BY_SIDE: Final = """
<!doctype html>
<style>
  body { margin: 0; width: fit-content; display: flex; gap: 24px; padding: 28px; background: #dfe8e9 }
  img { display: block; width: 300px; border-radius: 26px; border: 6px solid #12211f }
  figure { margin: 0 }
</style>
"""


@dataclass(frozen=True)
class Actor:
    """Somebody of the demo clinic, as docs/demo.md lists them."""

    chat: int
    language: Language
    login: str
    password: str = field(repr=False)


KATARZYNA: Final = Actor(1001, Language.PL, "katarzyna.wojcik", "konwalia-427")
GIULIA: Final = Actor(1003, Language.IT, "giulia.ferrara", "girasole-318")
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

    async def shot(self) -> bytes:
        await self._page.mouse.move(0, 0)
        await self._page.get_by_test_id("composer").blur()
        return await self._page.screenshot(animations="disabled", caret="hide")


class Studio:
    """A browser in front of the sandbox; each picture has its own window."""

    def __init__(self, browser: Browser, url: str) -> None:
        self._browser = browser
        self._url = url
        self._translators = load_translators()

    async def window(self, actor: Actor, size: ViewportSize = PHONE, dark: bool = False) -> Window:
        context = await self._browser.new_context(
            viewport=size,
            color_scheme="dark" if dark else "light",
            device_scale_factor=1.5,
            reduced_motion="reduce",
            timezone_id="Europe/Warsaw",
        )
        page = await context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        await page.goto(f"{self._url}/#person={actor.chat}")
        await page.add_style_tag(content=BARE_PHONE if size is PHONE else NO_OFFSET)
        return Window(page, actor, self._translators)

    async def side_by_side(self, shots: list[bytes]) -> bytes:
        page = await self._browser.new_page(viewport={"width": 1600, "height": 900}, device_scale_factor=1.5)
        images = "".join(
            f'<figure><img src="data:image/png;base64,{b64encode(shot).decode()}"></figure>' for shot in shots
        )
        await page.set_content(SIDE_BY_SIDE + images)
        return await page.locator("body").screenshot()


@asynccontextmanager
async def open_demo(folder: Path) -> AsyncIterator[str]:
    """The demo clinic open for everybody in the sandbox, at the moment; its address."""
    telegram, clock = await serve(), MovableClock()
    settings = Settings(
        bot_token=SecretStr(SANDBOX_TOKEN),
        bot_api_url=telegram.url,
        clock_url=f"{telegram.url}/sim/clock/listen",
        secret_key=SecretStr("for pictures only"),
        database_url=f"sqlite:///{folder / 'reception.db'}",
        smtp_url=SecretStr(f"{telegram.smtp_url}?from={SANDBOX_SENDER}"),
        sms_url=SecretStr(telegram.sms_url),
    )
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
    pictures["languages"] = await studio.side_by_side([calendars[at] for at in (3, 1, 2, 0)])

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


async def main() -> None:
    set_up_logs("WARNING")
    expect.set_options(timeout=PATIENCE_MS)
    with TemporaryDirectory() as folder:
        async with open_demo(Path(folder)) as url, async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
            )
            pictures = await play(Studio(browser, url))
            await browser.close()
    PICTURES.mkdir(exist_ok=True)
    for name, picture in pictures.items():
        (PICTURES / f"{name}.png").write_bytes(picture)


if __name__ == "__main__":
    asyncio.run(main())
