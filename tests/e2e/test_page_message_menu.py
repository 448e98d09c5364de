"""What can be done with a message on the chat page: by mouse, by finger and by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.e2e.group_hand import Ward, chooses, hears_text, open_menu
from tests.e2e.page_hand import IN_A_BROWSER, KASIA, NEWCOMER, Town, open_page

if TYPE_CHECKING:
    from playwright.async_api import Browser, FilePayload

pytestmark = IN_A_BROWSER

BUTTONS: Final = {"inline_keyboard": [[{"text": str(number), "callback_data": f"n{number}"} for number in range(7)]]}
PICTURE: Final = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c63f8cfc0f01f00050001ff89993d1d0000000049454e44ae426082"
)
PICTURES: Final[list[FilePayload]] = [
    {"name": f"{number}.png", "mimeType": "image/png", "buffer": PICTURE} for number in range(2)
]

# Every node that is put into the log, taken out of it, or drawn anew inside of it.
WATCH_THE_LOG: Final = """() => {
  window.touched = new Set();
  new MutationObserver((changes) => {
    for (const { target, addedNodes, removedNodes } of changes) {
      const nodes = target.id === "log" ? [...addedNodes, ...removedNodes] : [target.closest("article, .day")];
      for (const node of nodes) touched.add(node);
    }
  }).observe(document.getElementById("log"), { childList: true, subtree: true, characterData: true });
}"""
LAID_OUT: Final = """() => [...document.querySelectorAll("article > .bubble")]
  .filter((node) => node.checkVisibility({ contentVisibilityAuto: true })).length"""


async def test_pins_stand_above_the_chat_and_lead_to_their_messages(ward: Ward, chromium: Browser) -> None:
    from playwright.async_api import expect

    await ward.said(KASIA, "The first rule")
    for number in range(30):
        await ward.said(NEWCOMER, f"Talk {number}")
    await ward.said(KASIA, "The second rule")
    hand = await open_page(chromium, ward.seen_by(KASIA))
    await chooses(hand, "The second rule", "message-pin")
    await expect(hand.on("pinned")).to_contain_text("The second rule")
    await chooses(hand, "The first rule", "message-pin")
    await expect(hand.on("pinned")).to_contain_text("Pinned message 2 of 2")

    await hand.on("pinned-go").click()
    await expect(hand.page.locator("article.message.person").last).to_be_in_viewport()
    await expect(hand.on("pinned")).to_contain_text("The first rule")
    await hand.on("pinned-go").click()
    await expect(hand.page.locator("article.message.person").first).to_be_in_viewport()

    await hand.on("pinned-off").click()
    await expect(hand.on("pinned-go").locator("strong")).to_have_text("Pinned message")
    emily = await open_page(chromium, ward.seen_by(NEWCOMER))
    await expect(emily.on("pinned-go")).to_be_visible()
    await expect(emily.on("pinned-off")).to_be_hidden()
    assert hand.complaints == []


async def test_a_reply_says_what_it_answers(ward: Ward, chromium: Browser) -> None:
    from playwright.async_api import expect

    question = await ward.said(NEWCOMER, "Who is on duty?")
    hand = await open_page(chromium, ward.seen_by(KASIA))
    await chooses(hand, "Who is on duty?", "message-reply")
    await expect(hand.on("replying")).to_contain_text("Reply to Emily")
    await expect(hand.on("composer")).to_be_focused()

    await hand.types("I am.")

    await hears_text(ward.town)
    assert (await hears_text(ward.town))["reply_to_message"]["message_id"] == question
    await expect(hand.on("replying")).to_be_hidden()
    await expect(hand.newest.get_by_test_id("quote")).to_contain_text("Who is on duty?")
    await chooses(hand, "Who is on duty?", "message-reply")
    await hand.on("composer").press("Escape")
    await expect(hand.on("replying")).to_be_hidden()
    assert hand.complaints == []


async def test_ones_own_words_are_edited_and_nobody_elses(ward: Ward, chromium: Browser) -> None:
    from playwright.async_api import expect

    await ward.said(KASIA, "I am on dutty.")
    await ward.said(NEWCOMER, "Thank you.")
    hand = await open_page(chromium, ward.seen_by(KASIA))
    await expect(hand.on("composer")).to_be_focused()
    await hand.on("composer").press("ArrowUp")
    await expect(hand.on("composer")).to_have_value("I am on dutty.")

    await hand.types("I am on duty.")

    own = hand.page.locator(".message.person")
    await expect(own).to_contain_text("I am on duty.")
    await expect(own).to_contain_text("edited")
    await expect(hand.on("composer")).to_have_value("")
    async with open_menu(hand, "Thank you."):
        await expect(hand.on("message-edit")).to_have_count(0)
        await hand.page.keyboard.press("Escape")
    assert hand.complaints == []


async def test_a_reaction_is_given_seen_and_taken_back(ward: Ward, chromium: Browser) -> None:
    from playwright.async_api import expect

    await ward.said(NEWCOMER, "Thank you.")
    kasia = await open_page(chromium, ward.seen_by(KASIA))
    emily = await open_page(chromium, ward.seen_by(NEWCOMER))

    await chooses(kasia, "Thank you.", "react-👍")

    await expect(emily.on("reactions")).to_contain_text("1")
    async with open_menu(kasia, "Thank you."):
        await expect(kasia.on("react-👍")).to_have_attribute("aria-checked", "true")
        await kasia.on("react-👍").click()
    await expect(emily.on("reactions")).to_have_count(0)
    assert kasia.complaints == emily.complaints == []


async def test_a_deleted_message_goes_for_everyone(ward: Ward, chromium: Browser) -> None:
    from playwright.async_api import expect

    await ward.said(NEWCOMER, "Forget this.")
    kasia = await open_page(chromium, ward.seen_by(KASIA))
    emily = await open_page(chromium, ward.seen_by(NEWCOMER))
    await emily.newest.wait_for()

    await chooses(kasia, "Forget this.", "message-trash")

    await expect(emily.page.get_by_text("Forget this.")).to_have_count(0)
    assert kasia.complaints == emily.complaints == []


async def test_the_menu_of_a_message_is_reached_from_the_keyboard(ward: Ward, chromium: Browser) -> None:
    from playwright.async_api import expect

    for words in ("One", "Two", "Three"):
        await ward.said(NEWCOMER, words)
    hand = await open_page(chromium, ward.seen_by(KASIA))
    buttons = hand.on("message-more")
    await expect(buttons).to_have_count(3)
    await expect(hand.page.locator("[data-testid=message-more][tabindex='0']")).to_have_count(1)
    await buttons.last.focus()

    await hand.page.keyboard.press("ArrowUp")
    await hand.page.keyboard.press("Enter")

    await expect(hand.on("message-menu")).to_be_visible()
    await expect(hand.on("react-👍")).to_be_focused()
    await hand.page.keyboard.press("Escape")
    await expect(hand.on("message-menu")).to_be_hidden()
    await expect(buttons.nth(1)).to_be_focused()


async def test_a_long_press_opens_the_menu_of_a_message(ward: Ward, chromium: Browser) -> None:
    from playwright.async_api import expect

    await ward.said(NEWCOMER, "Thank you.")
    hand = await open_page(chromium, ward.seen_by(KASIA), "phone", has_touch=True)
    await hand.newest.wait_for()
    box = await hand.newest.get_by_test_id("text").bounding_box()
    assert box
    touch = await hand.page.context.new_cdp_session(hand.page)
    point = {"x": box["x"] + 5, "y": box["y"] + 5}
    await touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})

    await expect(hand.on("message-menu")).to_be_visible()
    await touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    await expect(hand.on("message-reply")).to_be_visible()


async def test_pictures_chosen_together_are_one_album(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    hand = await open_page(chromium, town.address_of(KASIA))
    await hand.on("attach").click()
    async with hand.page.expect_file_chooser() as chosen:
        await hand.on("attach-photo").click()
    await (await chosen.value).set_files(PICTURES)
    await expect(hand.on("pending-file")).to_have_count(2)

    await hand.types("Both knees")

    first, second = await town.hears(), await town.hears()
    assert first["media_group_id"] == second["media_group_id"]
    assert (first["caption"], "caption" in second) == ("Both knees", False)
    await expect(hand.on("album")).to_have_count(1)
    assert hand.complaints == []


async def test_one_new_message_draws_one_node_of_two_hundred(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    for number in range(200):
        await town.call("sendMessage", chat_id=KASIA, text=f"Message {number}", reply_markup=BUTTONS)
    hand = await open_page(chromium, town.address_of(KASIA))
    await expect(hand.newest).to_contain_text("Message 199")
    await expect(hand.newest).to_be_in_viewport()
    await hand.page.evaluate(WATCH_THE_LOG)

    await town.call("sendMessage", chat_id=KASIA, text="And one more")

    await expect(hand.newest).to_contain_text("And one more")
    await expect(hand.newest).to_be_in_viewport()
    assert await hand.page.evaluate("[...touched].map((node) => node.textContent.includes('And one more'))") == [True]
    assert await hand.page.evaluate(LAID_OUT) < 60
    assert hand.complaints == []
