"""The developer's drawer: what the bots asked, what they were told, how they listen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.e2e.page_drawer import entries, open_drawer, refused_call
from tests.e2e.page_hand import IN_A_BROWSER, KASIA, SIZES, TOKEN, Town, open_page
from tests.e2e.test_page_access import findings
from tests.peers.npm import install_peers

if TYPE_CHECKING:
    from playwright.async_api import Browser

pytestmark = IN_A_BROWSER

TABS: Final = ("calls", "updates", "faults", "flood", "bots")
NOBODY: Final = 77
KEPT_ROWS: Final = 200
BOT: Final = int(TOKEN.split(":")[0])


@pytest.fixture(scope="module")
def axe() -> None:
    install_peers()


async def test_calls_stand_newest_first_and_open_to_parameters_and_answer(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    await town.call("sendMessage", chat_id=KASIA, text="Good morning")
    await refused_call(town, "sendMessage", chat_id=NOBODY, text="Is anybody there?")
    hand = await open_drawer(chromium, town)

    newest, before = entries(hand).first, entries(hand).nth(1)
    await expect(newest).to_contain_text("chat not found")
    await expect(newest).to_have_class("entry refused")
    await expect(before).to_have_class("entry fine")
    await before.locator("summary").click()

    await expect(before.get_by_role("region", name="Parameters")).to_contain_text('"text": "Good morning"')
    await expect(before.get_by_role("region", name="Answer")).to_contain_text('"message_id"')
    assert hand.complaints == []


async def test_calls_are_filtered_by_method_by_errors_and_without_polling(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    await town.call("sendMessage", chat_id=KASIA, text="Good morning")
    await refused_call(town, "sendMessage", chat_id=NOBODY, text="Is anybody there?")
    hand = await open_drawer(chromium, town)
    polls = hand.on("calls").locator(".entry:not([hidden])", has_text="getUpdates")
    await expect(entries(hand)).to_have_count(3)
    await expect(polls).to_have_count(0)

    await hand.on("calls-method").fill("send")
    await expect(entries(hand)).to_have_count(2)
    await hand.on("calls-errors").click()
    await expect(entries(hand)).to_have_count(1)
    await expect(entries(hand)).to_contain_text("400")
    await hand.on("calls-errors").click()
    await hand.on("calls-method").fill("")
    await hand.on("calls-polling").click()

    await expect(polls).not_to_have_count(0)


async def test_new_calls_appear_unless_the_list_is_paused(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    hand = await open_drawer(chromium, town)
    await expect(entries(hand)).to_have_count(1)
    await town.call("getMe")
    await expect(entries(hand)).to_have_count(2)

    await hand.on("calls-pause").click()
    await town.call("sendMessage", chat_id=KASIA, text="Unseen by the list")
    await hand.on(f"person-{KASIA}").get_by_text("Unseen by the list").wait_for()
    await expect(entries(hand)).to_have_count(2)
    await hand.on("calls-pause").click()

    await expect(entries(hand)).to_have_count(3)
    await hand.on("calls-clear").click()
    await expect(entries(hand)).to_have_count(0)


async def test_the_list_keeps_the_newest_two_hundred(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    for number in range(KEPT_ROWS + 10):
        await town.call("getChat", chat_id=KASIA, number=number)
    hand = await open_drawer(chromium, town)
    await expect(entries(hand)).to_have_count(KEPT_ROWS)

    await town.call("getMe")

    await expect(entries(hand).first).to_contain_text("getMe")
    await expect(hand.on("calls").locator(".entry")).to_have_count(KEPT_ROWS)


async def test_a_closed_drawer_asks_for_nothing(town: Town, chromium: Browser) -> None:
    hand = await open_page(chromium, f"{town.url}/")
    asked: list[str] = []
    hand.page.on("request", lambda request: asked.append(request.url))

    await town.call("sendMessage", chat_id=KASIA, text="Good morning")
    await hand.on(f"person-{KASIA}").get_by_text("Good morning").wait_for()
    assert [url for url in asked if "/sim/log" in url] == []

    await hand.on("drawer-toggle").click()
    await entries(hand).first.wait_for()
    assert [url for url in asked if "/sim/log" in url] != []


async def test_the_drawer_is_as_it_was_left(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    hand = await open_drawer(chromium, town)
    await hand.on("calls-method").fill("getMe")
    await hand.on("drawer-flood").click()

    await hand.page.reload()

    await expect(hand.on("drawer-flood")).to_have_attribute("aria-selected", "true")
    await expect(hand.on("drawer-toggle")).to_have_attribute("aria-expanded", "true")
    await hand.on("drawer-calls").click()
    await expect(hand.on("calls-method")).to_have_value("getMe")
    await hand.on("drawer-close").click()
    await hand.page.reload()
    await expect(hand.on("drawer-toggle")).to_have_attribute("aria-expanded", "false")


async def test_updates_wait_until_the_bot_confirms_them(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    hand = await open_drawer(chromium, town, "updates")
    await town.tell("/sim/say", person=KASIA, text="Good morning")
    newest = entries(hand, "updates").first
    await expect(newest).to_contain_text("waiting")
    await newest.locator("summary").click()
    await expect(newest.get_by_role("region", name="Update")).to_contain_text("Good morning")

    await town.hears()
    await expect(newest).to_contain_text("sent 1×")
    await town.tell("/sim/say", person=KASIA, text="Hello?")
    await town.hears()

    await expect(entries(hand, "updates").nth(1)).to_contain_text("confirmed")
    assert hand.complaints == []


async def test_each_bot_says_how_it_listens(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    hand = await open_drawer(chromium, town, "bots")

    await expect(hand.on(f"bot-{BOT}")).to_contain_text("silent")


async def test_arrows_walk_the_tabs_and_escape_goes_back_to_the_button(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    hand = await open_drawer(chromium, town)
    await hand.on("drawer-calls").focus()
    await hand.page.keyboard.press("ArrowLeft")
    await expect(hand.on("drawer-bots")).to_be_focused()
    await hand.page.keyboard.press("ArrowRight")
    await expect(hand.on("drawer-calls")).to_be_focused()
    await expect(hand.on("drawer-calls")).to_have_attribute("aria-selected", "true")

    await hand.page.keyboard.press("Escape")

    await expect(hand.on("drawer-toggle")).to_be_focused()
    await expect(hand.page.locator("#drawer")).to_be_hidden()


async def test_the_drawer_pushes_the_page_on_a_desk_and_covers_it_on_a_phone(town: Town, chromium: Browser) -> None:
    desk = await open_drawer(chromium, town)
    frame = await desk.page.locator("#frame").bounding_box()
    column = await desk.page.locator("#drawer").bounding_box()
    assert frame is not None
    assert column is not None
    assert frame["x"] + frame["width"] <= column["x"]

    phone = await open_drawer(chromium, town, size="phone")
    sheet = await phone.page.locator("#drawer").bounding_box()
    width, height = SIZES["phone"]
    assert sheet is not None
    assert (sheet["width"], sheet["y"] + sheet["height"]) == (width, height)


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.usefixtures("axe")
async def test_axe_finds_nothing_serious_in_the_drawer(town: Town, chromium: Browser, size: str, look: Any) -> None:
    await refused_call(town, "sendMessage", chat_id=NOBODY, text="Is anybody there?")
    await town.tell("/sim/faults", method="*", kind="error", code=403, every=3)
    hand = await open_drawer(chromium, town, size=size, color_scheme=look, reduced_motion="reduce")
    await entries(hand).first.locator("summary").click()
    await hand.on("calls").get_by_role("region", name="Answer").wait_for()

    found = {}
    for tab in TABS:
        await hand.on(f"drawer-{tab}").click()
        await hand.page.locator(f"#drawer-{tab}").wait_for()
        found[tab] = await findings(hand)

    assert {tab: faults for tab, faults in found.items() if faults} == {}
    assert await hand.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert hand.complaints == []
