"""The page for whoever listens to it or walks it by keyboard: axe-core's judgement, Tab and Escape."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.e2e.page_hand import IN_A_BROWSER, KASIA, KASIAS_PHONE, SIZES, Hand, Town, letter, open_page
from tests.peers.npm import install_peers

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser, FilePayload, Route

pytestmark = IN_A_BROWSER

AXE: Final = Path(__file__).parent.parent / "peers" / "node_modules" / "axe-core" / "axe.min.js"
GRAVE: Final = {"serious", "critical"}
RESULTS: Final[FilePayload] = {"name": "wyniki.pdf", "mimeType": "application/pdf", "buffer": b"%PDF"}
KEYBOARD: Final = {"keyboard": [[{"text": "Share my number", "request_contact": True}], ["Later"]]}
BUTTONS: Final = {"inline_keyboard": [[{"text": "Book a visit", "callback_data": "b"}]]}
WALKED: Final = 60

FOCUSED: Final = """() => {
  const node = document.activeElement;
  const ringed = [node, node.closest(".field")].filter(Boolean).map((one) => getComputedStyle(one));
  if (node.matches(".card > a")) ringed.push(getComputedStyle(node, "::after"));
  return {
    name: node.getAttribute("aria-label") || node.textContent.trim() || node.id,
    seen: ringed.some((looks) => looks.outlineStyle !== "none"),
    area: node.closest("nav, .clock, main, aside")?.tagName ?? "",
  };
}"""


@pytest.fixture(scope="module")
def axe() -> None:
    install_peers()


async def findings(hand: Hand) -> list[str]:
    await hand.page.evaluate(AXE.read_text())
    judged = await hand.page.evaluate("axe.run(document, { iframes: false, resultTypes: ['violations'] })")
    return [
        f"{found['id']}: {node['html']}"
        for found in judged["violations"]
        if found["impact"] in GRAVE
        for node in found["nodes"]
    ]


async def furnish(town: Town) -> None:
    """Something of everything."""
    await town.call("setMyCommands", commands=[{"command": "visits", "description": "Planned visits"}])
    await town.call("sendMessage", chat_id=KASIA, text="<b>Hello</b>", parse_mode="HTML", reply_markup=BUTTONS)
    await town.send_document("wypis.pdf", b"%PDF", "Your discharge letter")
    await town.tell("/sim/say", person=KASIA, kind="contact")
    await town.call("sendMessage", chat_id=KASIA, text="Your number, please.", reply_markup=KEYBOARD)
    mail = letter()
    mail.add_alternative("<h1>See you</h1>", subtype="html")
    mail.add_attachment(b"BEGIN:VCALENDAR", maintype="text", subtype="calendar", filename="visit.ics")
    await town.mail(mail)
    await town.mail(mail)
    await town.mail(letter("nobody@example.com", "Welcome"))
    await town.tell("/sim/sms/faults", kind="no_receipt")
    await town.text(KASIAS_PHONE, "Visit tomorrow.", **{"dlr-mask": "3", "dlr-url": "http://127.0.0.1:1/%d"})
    await town.text("+48999888777", "Welcome.")


async def panels(hand: Hand) -> AsyncIterator[str]:
    """Every panel, menu and dialog of the page, one after another."""
    await hand.on(f"person-{KASIA}").wait_for()
    yield "people"
    await hand.on("look").click()
    yield "look"
    await hand.page.keyboard.press("Escape")
    await hand.page.get_by_role("button", name="Add a person").click()
    yield "newcomer"
    await hand.page.keyboard.press("Escape")
    await hand.looks_at(KASIA)
    await hand.on("reply-button").first.wait_for()
    yield "chat"
    await hand.on("more").click()
    yield "more"
    await hand.page.keyboard.press("Escape")
    await hand.on("commands").click()
    yield "commands"
    await hand.on("commands").click()
    await hand.on("reply-button").first.click()
    yield "consent"
    await hand.page.keyboard.press("Escape")
    await hand.on("attach").click()
    yield "attach"
    await hand.on("attach-card").click()
    yield "card"
    await hand.page.keyboard.press("Escape")
    await hand.on("file-chooser").set_input_files([RESULTS])
    await hand.on("pending-file").wait_for()
    yield "pending"
    await hand.turns_to("Mail")
    await hand.on("open-email").click()
    yield "mail"
    await hand.on("mail-panel").get_by_role("button").filter(has_text="Your visit").first.click()
    await hand.on("mail-html").wait_for()
    yield "letter"
    await hand.on("as-text").click()
    yield "text"
    await hand.turns_to("SMS")
    await hand.on("sms-text").first.wait_for()
    yield "sms"


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.usefixtures("axe")
async def test_axe_finds_nothing_serious_on_any_panel(town: Town, chromium: Browser, size: str, look: Any) -> None:
    await furnish(town)
    hand = await open_page(chromium, town.url, size, color_scheme=look, reduced_motion="reduce")

    found = {panel: await findings(hand) async for panel in panels(hand)}

    assert {panel: faults for panel, faults in found.items() if faults} == {}
    assert len(found) == 14
    assert await hand.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert hand.complaints == []


async def test_tab_walks_people_clock_chat_and_mail_in_this_order_and_is_always_seen(
    town: Town, chromium: Browser
) -> None:
    await furnish(town)
    hand = await open_page(chromium, town.address_of(KASIA), color_scheme="light", reduced_motion="reduce")
    await hand.on("reply-button").first.wait_for()
    await hand.on("sms-panel").wait_for(state="attached")
    await hand.on("mail-panel").locator(".row-mail").first.wait_for()
    await hand.page.locator("#look").focus()

    walked = []
    for _ in range(WALKED):
        await hand.page.keyboard.press("Tab")
        step = await hand.page.evaluate(FOCUSED)
        if step["area"] == "" or step["name"] == "Light or dark":
            break
        walked.append(step)

    areas = list(dict.fromkeys(step["area"] for step in walked))
    assert areas == ["NAV", "SECTION", "MAIN", "ASIDE"]
    assert [step for step in walked if not step["seen"] or not step["name"]] == []
    names = " ".join(step["name"] for step in walked)
    for reached in ("Book a visit", "Download wypis.pdf", "Attach", "Share my number", "Mail", "Give to", "Your visit"):
        assert reached in names


@pytest.mark.parametrize("size", SIZES)
async def test_arrows_walk_the_tabs(town: Town, chromium: Browser, size: str) -> None:
    from playwright.async_api import expect

    hand = await open_page(chromium, town.address_of(KASIA), size)
    await hand.page.get_by_role("tab", name="Mail").click()

    await hand.page.keyboard.press("ArrowRight")

    await expect(hand.page.get_by_role("tab", name="SMS")).to_be_focused()
    await expect(hand.on("sms-panel")).to_be_visible()
    await expect(hand.on("mail-panel")).to_be_hidden()


async def test_new_messages_are_told_to_whoever_listens(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    hand = await open_page(chromium, town.address_of(KASIA))
    await town.call("sendMessage", chat_id=KASIA, text="Good morning", reply_markup=BUTTONS)

    log = hand.page.get_by_role("log")
    await expect(log).to_contain_text("Good morning")
    await expect(log).to_have_attribute("aria-live", "polite")
    await expect(log.get_by_role("button", name="Book a visit")).to_be_visible()
    await expect(hand.page.get_by_role("article", name="Bot")).to_have_count(1)


@pytest.mark.parametrize(
    ("opener", "opened"), [("more", "more-menu"), ("attach", "attach-menu"), ("look", "look-menu")]
)
async def test_escape_closes_a_menu_and_goes_back_to_its_button(
    town: Town, chromium: Browser, opener: str, opened: str
) -> None:
    from playwright.async_api import expect

    hand = await open_page(chromium, town.address_of(KASIA))
    await expect(hand.on("composer")).to_be_focused()
    await hand.on(opener).press("Enter")
    await expect(hand.page.locator(f"#{opened}")).to_be_visible()

    await hand.page.keyboard.press("Escape")

    await expect(hand.page.locator(f"#{opened}")).to_be_hidden()
    await expect(hand.on(opener)).to_be_focused()


async def test_a_menu_opened_while_the_chat_is_on_its_way_stays_open(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    arrives = asyncio.Event()

    async def hold(route: Route) -> None:
        await arrives.wait()
        await route.continue_()

    hand = await open_page(chromium, town.url)
    await hand.page.route("**/sim/chat?*", hold)
    await hand.looks_at(KASIA)
    await hand.on("attach").click()

    arrives.set()

    await expect(hand.page.get_by_role("log")).to_contain_text("/start")
    await expect(hand.on("attach-file")).to_be_focused()
