"""What stands inside a message: formatted words, quotations, what it answers, reactions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.e2e.page_hand import IN_A_BROWSER, KASIA, SIZES, Town, open_page
from tests.e2e.page_media import NO_FILM, recording, send_album, speak, upload
from tests.e2e.test_page_access import findings
from tests.e2e.test_page_files import tall_picture
from tests.peers.npm import install_peers

if TYPE_CHECKING:
    from playwright.async_api import Browser

pytestmark = IN_A_BROWSER

MESSAGE_WITH_SECRETS: Final = "One <tg-spoiler>secret</tg-spoiler> and <tg-spoiler>another</tg-spoiler>"
EVERY_ENTITY: Final = (
    "<b>bold</b> <u>underlined</u> #tag @demo_bot anna@example.it <tg-spoiler>secret</tg-spoiler>"
    "<blockquote>short</blockquote>"
    '<pre><code class="language-python">moment &lt; self.ends_at</code></pre>'
    '<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>'
)


@pytest.fixture(scope="module")
def axe() -> None:
    install_peers()


async def test_the_hidden_words_of_a_message_show_together_and_stay_shown(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    sent = await speak(town, MESSAGE_WITH_SECRETS)
    hand = await open_page(chromium, town.address_of(KASIA))
    hidden = hand.newest.get_by_role("button", name="Hidden text: press to show")
    await expect(hidden).to_have_count(2)

    await hidden.first.press("Enter")
    await expect(hidden).to_have_count(0)
    button = {"inline_keyboard": [[{"text": "Next", "callback_data": "n"}]]}
    await town.call("editMessageReplyMarkup", chat_id=KASIA, message_id=sent["message_id"], reply_markup=button)

    await expect(hand.newest.get_by_role("button", name="Next")).to_be_visible()
    await expect(hidden).to_have_count(0)


async def test_a_long_quotation_unfolds_and_a_short_one_needs_not(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    lines = "\n".join(f"The line number {number}." for number in range(1, 7))
    await speak(town, f"<blockquote expandable>{lines}</blockquote>")
    await speak(town, "<blockquote expandable>Short.</blockquote>")
    hand = await open_page(chromium, town.address_of(KASIA))
    await expect(hand.newest.locator("blockquote").get_by_role("button")).to_have_count(0)
    quotation = hand.page.locator("blockquote").first
    folded = await quotation.bounding_box()

    await hand.page.get_by_role("button", name="Show the whole quotation").click()

    await expect(hand.page.get_by_role("button", name="Fold the quotation")).to_have_attribute("aria-expanded", "true")
    unfolded = await quotation.bounding_box()
    assert folded is not None
    assert unfolded is not None
    assert unfolded["height"] > folded["height"] + 40
    assert await hand.on("text").nth(1).text_content() == lines


async def test_every_entity_keeps_its_words(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    await speak(town, EVERY_ENTITY)
    hand = await open_page(chromium, town.address_of(KASIA))

    text = hand.newest.get_by_test_id("text")
    await expect(text).to_contain_text("👍")
    await expect(text.locator("pre")).to_have_attribute("data-language", "python")
    await expect(text.locator("u")).to_have_text("underlined")
    await expect(text.get_by_role("button", name="Copy the code")).to_be_visible()
    assert hand.complaints == []


async def test_a_message_says_what_it_answers_whence_it_comes_and_that_it_is_pinned(
    town: Town, chromium: Browser
) -> None:
    from playwright.async_api import expect

    picture = await upload(town, "sendPhoto", {"photo": tall_picture()}, caption="The X-ray")
    await town.call(
        "sendMessage", chat_id=KASIA, text="See above.", reply_parameters={"message_id": picture["message_id"]}
    )
    told = await speak(town, "Doors open at seven.")
    await town.call("forwardMessage", chat_id=KASIA, from_chat_id=KASIA, message_id=told["message_id"])
    await town.call("pinChatMessage", chat_id=KASIA, message_id=told["message_id"])
    hand = await open_page(chromium, town.address_of(KASIA))

    quote = hand.on("quote")
    await expect(quote).to_contain_text("The X-ray")
    await expect(quote.locator("img")).to_have_attribute("width", "36")
    await expect(hand.on("forwarded")).to_contain_text("Forwarded from")
    await expect(hand.page.get_by_role("img", name="Pinned")).to_have_count(1)
    await quote.click()
    await expect(hand.page.get_by_role("img", name="Photo")).to_be_in_viewport()


async def test_reactions_are_counted_and_ones_own_is_taken_back_by_a_press(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    said = await speak(town, "Feeling better?")
    thumb = [{"type": "emoji", "emoji": "👍"}]
    await town.call("setMessageReaction", chat_id=KASIA, message_id=said["message_id"], reaction=thumb)
    hand = await open_page(chromium, town.address_of(KASIA))
    reaction = hand.on("reactions").get_by_role("button")
    await expect(reaction).to_have_attribute("aria-label", "👍 1")

    await reaction.click()
    await expect(reaction).to_have_attribute("aria-label", "👍 2")
    await expect(reaction).to_have_attribute("aria-pressed", "true")
    await reaction.click()

    await expect(reaction).to_have_attribute("aria-label", "👍 1")
    await expect(reaction).to_have_attribute("aria-pressed", "false")


async def furnish(town: Town) -> None:
    """Something of everything that a message can carry."""
    said = await speak(town, EVERY_ENTITY)
    thumb = [{"type": "emoji", "emoji": "👍"}]
    await town.call("setMessageReaction", chat_id=KASIA, message_id=said["message_id"], reaction=thumb)
    await town.call("sendMessage", chat_id=KASIA, text="Yes.", reply_parameters={"message_id": said["message_id"]})
    await town.call("forwardMessage", chat_id=KASIA, from_chat_id=KASIA, message_id=said["message_id"])
    await upload(town, "sendPhoto", {"photo": tall_picture()}, has_spoiler=True, caption="Hidden")
    await send_album(town, 5, "Five")
    await upload(town, "sendVideo", {"video": NO_FILM}, duration="75")
    await upload(town, "sendVoice", {"voice": recording()}, duration="3")
    await upload(town, "sendAudio", {"audio": recording()}, duration="3", title="Waiting music")
    await town.call("sendLocation", chat_id=KASIA, latitude=52.2297, longitude=21.0122)
    await town.call("sendContact", chat_id=KASIA, phone_number="+48221234567", first_name="Front", last_name="Desk")


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.usefixtures("axe")
async def test_axe_finds_nothing_serious_in_any_message(town: Town, chromium: Browser, size: str, look: Any) -> None:
    await furnish(town)
    hand = await open_page(chromium, town.address_of(KASIA), size, color_scheme=look, reduced_motion="reduce")
    await hand.newest.get_by_test_id("contact").wait_for()

    assert await findings(hand) == []
    assert await hand.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert hand.complaints == []
