"""Documents and photos, up and down."""

from __future__ import annotations

import asyncio
from base64 import b64decode
from typing import TYPE_CHECKING, Final
from zlib import compress, crc32

import pytest

from tests.e2e.page_hand import IN_A_BROWSER, KASIA, NEWCOMER, SIZES, Town, open_page

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import Browser, FilePayload, Route

pytestmark = IN_A_BROWSER

RESULTS: Final[FilePayload] = {
    "name": "wyniki.pdf",
    "mimeType": "application/pdf",
    "buffer": b"%PDF-1.7 " + b"x" * 2039,
}
DOT: Final = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
PICTURE: Final[FilePayload] = {"name": "karta.png", "mimeType": "image/png", "buffer": b64decode(DOT)}
REPORT: Final[FilePayload] = {"name": "opis.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
NO_PICTURE: Final[FilePayload] = {"name": "karta.png", "mimeType": "image/png", "buffer": b"no picture at all"}
OVER_50_MB: Final = 50 * 1024 * 1024 + 1

# A browser makes the files of a drop and of a paste itself; here a script does.
GIVE_A_FILE: Final = """(node, kind) => {
  const data = new DataTransfer();
  data.items.add(new File(["a scan"], "scan.txt", { type: "text/plain" }));
  const event = kind === "paste"
    ? new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })
    : new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true });
  node.dispatchEvent(event);
}"""


@pytest.mark.parametrize("size", SIZES)
async def test_a_document_goes_to_the_bot_with_its_caption(town: Town, chromium: Browser, size: str) -> None:
    from playwright.async_api import expect

    hand = await open_page(chromium, town.address_of(KASIA), size)
    await hand.on("attach").click()
    async with hand.page.expect_file_chooser() as chooser:
        await hand.on("attach-file").click()
    await (await chooser.value).set_files([RESULTS])
    await expect(hand.on("pending-file")).to_contain_text("2.0 KB")

    await hand.types("My results")

    message = await town.hears()
    assert (message["caption"], message["document"]["file_name"]) == ("My results", "wyniki.pdf")
    assert await town.download(message["document"]["file_id"]) == RESULTS["buffer"]
    await expect(hand.newest.get_by_test_id("document")).to_contain_text("wyniki.pdf")
    await expect(hand.newest.get_by_test_id("text")).to_have_text("My results")
    await expect(hand.on("pending")).to_be_hidden()
    assert hand.complaints == []


async def test_a_photo_is_seen_in_the_chat(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    hand = await open_page(chromium, town.address_of(KASIA))
    await hand.on("attach").click()
    async with hand.page.expect_file_chooser() as chooser:
        await hand.on("attach-photo").click()
    await (await chooser.value).set_files([PICTURE])

    await hand.on("send").click()

    message = await town.hears()
    assert await town.download(message["photo"][-1]["file_id"]) == PICTURE["buffer"]
    picture = hand.newest.get_by_role("img", name="Photo")
    await expect(picture).to_be_visible()
    await expect(picture).to_have_js_property("naturalWidth", 1)
    assert hand.complaints == []


def tall_picture() -> bytes:
    """A PNG of 300 by 900 points."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return len(body).to_bytes(4) + name + body + crc32(name + body).to_bytes(4)

    size = (300).to_bytes(4) + (900).to_bytes(4)
    lines = compress((b"\0" + b"\x60" * 300) * 900)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", size + bytes([8, 0, 0, 0, 0]))
        + chunk(b"IDAT", lines)
        + chunk(b"IEND", b"")
    )


async def test_a_chat_opens_at_its_end_while_a_photo_is_still_on_its_way(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    hand = await open_page(chromium, town.address_of(KASIA), "phone")
    for name in ("first.png", "second.png"):
        tall: FilePayload = {"name": name, "mimeType": "image/png", "buffer": tall_picture()}
        await hand.on("file-chooser").set_input_files([tall])
        await hand.on("send").click()
        await town.hears()
    await town.call("sendMessage", chat_id=KASIA, text="Thank you.")
    await hand.page.close()
    late = asyncio.Event()

    async def hold(route: Route) -> None:
        await late.wait()
        await route.continue_()

    again = await open_page(chromium, f"{town.url}/", "phone")
    await again.page.route("**/sim/files/**", hold)
    await again.looks_at(KASIA)
    await expect(again.newest).to_contain_text("Thank you.")

    late.set()

    picture = again.page.get_by_role("img", name="Photo").last
    await expect(picture).to_have_js_property("complete", True)
    await expect(picture).to_have_js_property("naturalHeight", 900)
    await expect(again.newest).to_be_in_viewport()
    await expect(again.on("jump")).to_be_hidden()


async def test_a_picture_can_go_as_a_file(town: Town, chromium: Browser) -> None:
    hand = await open_page(chromium, town.address_of(KASIA))
    await hand.on("file-chooser").set_input_files([PICTURE])

    await hand.page.get_by_role("button", name="Send as a file").click()
    await hand.on("send").click()

    assert (await town.hears())["document"]["file_name"] == "karta.png"


async def test_a_file_is_dropped_on_the_chat(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    hand = await open_page(chromium, town.address_of(KASIA))
    chat = hand.page.locator("#scroller")
    await chat.evaluate(GIVE_A_FILE, "dragover")
    await expect(hand.page.get_by_text("Let go to attach")).to_be_visible()

    await chat.evaluate(GIVE_A_FILE, "drop")
    await hand.on("send").click()

    assert (await town.hears())["document"]["file_name"] == "scan.txt"
    await expect(hand.page.get_by_text("Let go to attach")).to_be_hidden()


async def test_a_file_is_pasted(town: Town, chromium: Browser) -> None:
    hand = await open_page(chromium, town.address_of(KASIA))

    await hand.on("composer").evaluate(GIVE_A_FILE, "paste")
    await hand.on("composer").press("Enter")

    assert (await town.hears())["document"]["file_name"] == "scan.txt"


async def test_several_files_go_one_after_another_and_the_caption_with_the_first(town: Town, chromium: Browser) -> None:
    hand = await open_page(chromium, town.address_of(KASIA))
    await hand.on("file-chooser").set_input_files([RESULTS, REPORT])

    await hand.types("All of them")

    first, second = await town.hears(), await town.hears()
    assert [first["document"]["file_name"], second["document"]["file_name"]] == ["wyniki.pdf", "opis.pdf"]
    assert (first["caption"], "caption" in second) == ("All of them", False)


async def test_a_file_larger_than_telegram_takes_is_refused_in_words(
    town: Town, chromium: Browser, tmp_path: Path
) -> None:
    from playwright.async_api import expect

    large = tmp_path / "scan.zip"
    with large.open("wb") as file:
        file.truncate(OVER_50_MB)
    hand = await open_page(chromium, town.address_of(KASIA))

    await hand.on("file-chooser").set_input_files([large])

    await expect(hand.on("notice")).to_have_text("Telegram takes files of at most 50 MB.")
    await expect(hand.on("pending")).to_be_hidden()


async def test_what_could_not_be_sent_comes_back(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    hand = await open_page(chromium, town.address_of(KASIA))
    await hand.on("file-chooser").set_input_files([NO_PICTURE])

    await hand.types("My card")

    await expect(hand.on("notice")).to_be_visible()
    await expect(hand.on("pending-file")).to_contain_text("karta.png")
    await expect(hand.on("composer")).to_have_value("My card")


async def test_files_begun_for_one_person_wait_for_them(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    hand = await open_page(chromium, town.address_of(KASIA))
    await hand.on("file-chooser").set_input_files([RESULTS])
    await expect(hand.on("pending-file")).to_have_count(1)

    await hand.looks_at(NEWCOMER)

    await expect(hand.page.get_by_role("heading", name="Emily Carter")).to_be_visible()
    await expect(hand.on("pending-file")).to_have_count(0)
    await hand.looks_at(KASIA)
    await expect(hand.on("pending-file")).to_have_count(1)


async def test_a_document_of_the_bots_is_downloaded(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    await town.send_document("wypis.pdf", RESULTS["buffer"], "Your discharge letter")
    hand = await open_page(chromium, town.address_of(KASIA))
    await hand.sees("Your discharge letter")
    await expect(hand.newest.get_by_test_id("document")).to_contain_text("PDF · 2.0 KB")

    link = hand.page.get_by_role("link", name="Download wypis.pdf, 2.0 KB")

    assert await hand.downloads(link) == ("wypis.pdf", RESULTS["buffer"])
