"""Forums on the chat page: a list of topics, and what their administrators do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.e2e.group_hand import Ward, chooses_more, hears_text
from tests.e2e.page_hand import IN_A_BROWSER, KASIA, NEWCOMER, letter, open_page

if TYPE_CHECKING:
    from playwright.async_api import Browser, ViewportSize

pytestmark = IN_A_BROWSER

TABLET: Final[ViewportSize] = {"width": 820, "height": 1180}


async def test_what_is_said_in_a_topic_stays_in_it(ward: Ward, chromium: Browser) -> None:
    from playwright.async_api import expect

    hand = await open_page(chromium, f"{ward.town.address_of(KASIA)}&chat={ward.group}")
    await expect(hand.on("choose")).to_have_text("Choose a topic")
    await hand.on(f"topic-{ward.topic}").click()
    await hand.types("The heart beats.")
    assert (await hears_text(ward.town))["message_thread_id"] == ward.topic

    await hand.on("topic-1").click()
    await expect(hand.page.locator("#name")).to_have_text("General")
    await expect(hand.page.get_by_test_id("text")).to_have_count(0)
    await hand.types("Lunch at one.")

    said = await hears_text(ward.town)
    assert (said["text"], "message_thread_id" in said) == ("Lunch at one.", False)
    await ward.town.call("sendMessage", chat_id=ward.group, message_thread_id=ward.topic, text="It does.")
    await expect(hand.on(f"topic-{ward.topic}").locator(".unread")).to_contain_text("1")
    assert hand.complaints == []


async def test_an_administrator_opens_renames_closes_and_deletes_a_topic(ward: Ward, chromium: Browser) -> None:
    from playwright.async_api import expect

    kasia = await open_page(chromium, ward.seen_by(KASIA))
    await chooses_more(kasia, "open-topic")
    await kasia.on("topic-name").fill("Surgery")
    await kasia.page.get_by_role("radio", name="Green").check()
    await kasia.on("topic-form-agree").click()
    await expect(kasia.page.locator("#name")).to_have_text("Surgery")
    thread = int(kasia.page.url.rpartition("thread=")[2])
    emily = await open_page(chromium, ward.seen_by(NEWCOMER, thread))

    await chooses_more(kasia, "rename-topic")
    await kasia.on("topic-name").fill("Theatre")
    await kasia.on("topic-form-agree").click()
    await expect(emily.page.locator("#name")).to_have_text("Theatre")

    await chooses_more(kasia, "close-topic")
    await expect(emily.on("closed")).to_have_text("The topic Theatre is closed. Only administrators can write here.")
    await expect(emily.on("composer")).to_be_hidden()
    await expect(kasia.on("composer")).to_be_visible()
    await expect(emily.on(f"topic-{thread}").get_by_role("img", name="Closed")).to_be_visible()
    await chooses_more(kasia, "close-topic")
    await expect(emily.on("composer")).to_be_visible()

    await chooses_more(kasia, "delete-topic-choice")
    await kasia.on("delete-topic-agree").click()
    await expect(emily.on("choose")).to_have_text("Choose a topic")
    await expect(emily.on(f"topic-{thread}")).to_have_count(0)
    assert kasia.complaints == []


async def test_a_hidden_general_topic_is_seen_by_administrators_alone(ward: Ward, chromium: Browser) -> None:
    from playwright.async_api import expect

    kasia = await open_page(chromium, ward.seen_by(KASIA, 1))
    emily = await open_page(chromium, ward.seen_by(NEWCOMER))
    await expect(emily.on("topic-1")).to_be_visible()

    await chooses_more(kasia, "hide-topic")

    await expect(emily.on("topic-1")).to_have_count(0)
    await expect(kasia.on("topic-1").get_by_role("img", name="Hidden")).to_be_visible()
    await emily.on("more").click()
    for choice in ("open-topic", "rename-topic", "close-topic", "hide-topic", "delete-topic-choice"):
        await expect(emily.on(choice)).to_be_hidden()
    assert kasia.complaints == emily.complaints == []


async def test_mail_and_sms_are_a_tab_away_from_the_lists_of_a_phone(ward: Ward, chromium: Browser) -> None:
    from playwright.async_api import expect

    await ward.town.mail(letter())
    hand = await open_page(chromium, ward.town.address_of(KASIA), "phone")
    await expect(hand.page.get_by_role("tab", name="Mail 1 unread")).to_be_visible()

    await hand.turns_to("Mail")
    await expect(hand.on("mail-panel").get_by_text("Your visit")).to_be_visible()
    await hand.turns_to("Chats")
    await hand.on(f"chat-{ward.group}").click()
    await hand.turns_to("SMS")
    await expect(hand.on("sms-panel").get_by_text("No SMS has come.")).to_be_visible()
    await expect(hand.on(f"topic-{ward.topic}")).to_be_hidden()
    await hand.turns_to("Topics")
    await hand.on(f"topic-{ward.topic}").click()

    await expect(hand.on("composer")).to_be_visible()
    assert hand.complaints == []


async def test_whoever_goes_to_another_topic_sees_it_instead_of_the_mail(ward: Ward, chromium: Browser) -> None:
    from playwright.async_api import expect

    hand = await open_page(chromium, ward.seen_by(KASIA))
    await hand.page.set_viewport_size(TABLET)
    await expect(hand.on("composer")).to_be_visible()
    await hand.turns_to("Mail")
    await expect(hand.on("composer")).to_be_hidden()

    await hand.on("topic-1").click()

    await expect(hand.page.locator("#name")).to_have_text("General")
    await expect(hand.on("composer")).to_be_visible()
    assert hand.complaints == []
