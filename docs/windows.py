"""Windows of the chat page as a picture shows them."""

from base64 import b64encode
from typing import Final

from playwright.async_api import Browser, Page, ViewportSize

PATIENCE_MS: Final = 30_000
SHARPNESS: Final = 1.5  # pixels of a picture for one of the page
DESK: Final[ViewportSize] = {"width": 1280, "height": 800}
TABLET: Final[ViewportSize] = {"width": 820, "height": 1080}
PHONE: Final[ViewportSize] = {"width": 390, "height": 760}
# A phone shows the chat alone; how far the clock was moved is nobody's business in a picture.
BARE_PHONE: Final = ".clock, .credentials, .tabs { display: none !important }"
NO_OFFSET: Final = "#offset { display: none }"
FRAME: Final = """
<!doctype html>
<style>
  body { margin: 0; width: fit-content; display: flex; gap: 24px; padding: 28px; background: #dfe8e9 }
  figure { margin: 0; overflow: hidden; border-radius: 26px; border: 6px solid #12211f }
  img { display: block }
</style>
"""


async def open_window(browser: Browser, address: str, size: ViewportSize, dark: bool = False) -> Page:
    context = await browser.new_context(
        viewport=size,
        color_scheme="dark" if dark else "light",
        device_scale_factor=SHARPNESS,
        reduced_motion="reduce",
        timezone_id="Europe/Warsaw",
    )
    page = await context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    await page.goto(address)
    return page


async def shot(page: Page, part: str | None = None) -> bytes:
    """The window, or a part of it by its selector; neither pointer nor focus are in the picture."""
    await page.mouse.move(0, 0)
    await page.evaluate("document.activeElement?.blur()")
    if part is None:
        return await page.screenshot(animations="disabled", caret="hide")
    return await page.locator(part).screenshot(animations="disabled", caret="hide")


async def side_by_side(browser: Browser, shots: list[bytes], scale: float = 1.0) -> bytes:
    """All in one row, as large as they were shot unless scaled."""
    page = await browser.new_page(viewport={"width": 1600, "height": 900}, device_scale_factor=SHARPNESS)
    style = f"zoom: {scale / SHARPNESS}"
    images = "".join(
        f'<figure><img style="{style}" src="data:image/png;base64,{b64encode(one).decode()}"></figure>' for one in shots
    )
    await page.set_content(FRAME + images)
    picture = await page.locator("body").screenshot()
    await page.close()
    return picture
