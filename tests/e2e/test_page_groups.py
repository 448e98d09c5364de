"""Groups and several bots on the chat page: two people of one conversation, each in a window of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.e2e.group_hand import BOT, Ward, chooses_more, found, hears_text
from tests.e2e.page_hand import IN_A_BROWSER, KASIA, NEWCOMER, PATIENCE_SECONDS, Town, open_page

if TYPE_CHECKING:
    from playwright.async_api import Browser

pytestmark = IN_A_BROWSER

OTHER_TOKEN: Final = "400200100:" + "J" * 35
OTHER_BOT: Final = 400200100
MENU: Final = [{"command": "duty", "description": "Who is on duty"}]


async def test_people_are_listed_by_role_and_those_without_one_last(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    seats = [{"id": 1, "first_name": "Lis", "role": "doctor"}, {"id": 2, "first_name": "Jan", "role": "operator"}]
    await town.tell("/sim/people", people=seats)

    hand = await open_page(chromium, town.url)

    await expect(hand.page.locator("#people .role")).to_have_text(["Doctor", "Operator", "Others"])
    order = await hand.page.locator("#people .card strong").all_text_contents()
    assert order == ["Lis", "Jan", "Katarzyna Wójcik", "Emily Carter"]
    assert hand.complaints == []


async def test_whoever_has_one_chat_sees_it_and_whoever_has_more_chooses(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    hand = await open_page(chromium, town.url)
    await hand.looks_at(KASIA)
    await expect(hand.on("composer")).to_be_visible()
    group = await found(town, "Ward")
    await town.call("sendMessage", chat_id=group, text="Good morning")

    await hand.looks_at(KASIA)

    await expect(hand.on("choose")).to_have_text("Choose a chat")
    row = hand.on(f"chat-{group}")
    await expect(row).to_contain_text("Reception: Good morning")
    await expect(row.locator(".unread")).to_contain_text("1")
    await row.click()
    await expect(hand.page.locator("#name")).to_have_text("Ward")
    await expect(hand.page.locator("#about")).to_have_text("3 members · as Katarzyna Wójcik")
    await hand.sees("Good morning")
    await expect(row.locator(".unread")).to_have_count(0)
    assert hand.complaints == []


async def test_two_windows_are_two_people_of_one_conversation(ward: Ward, chromium: Browser) -> None:
    from playwright.async_api import expect

    kasia = await open_page(chromium, ward.seen_by(KASIA))
    emily = await open_page(chromium, ward.seen_by(NEWCOMER))
    await kasia.types("Who is on duty?")
    await emily.sees("Who is on duty?")
    await emily.types("I am.")
    await emily.types("Until nine.")

    await kasia.sees("Until nine.")

    senders = kasia.page.locator(".message.bot .sender:visible")
    await expect(senders).to_have_text(["Emily Carter"])
    await expect(kasia.page.locator(".message.bot .speaker:visible")).to_have_count(1)
    await expect(kasia.page.locator(".message.person")).to_have_count(1)
    await expect(kasia.page.locator("[data-testid=service]")).to_have_text(["You opened the topic Cardiology"])
    await expect(emily.page.locator("[data-testid=service]")).to_have_text(["Katarzyna opened the topic Cardiology"])
    assert kasia.complaints == emily.complaints == []


async def test_a_group_is_founded_with_people_and_a_bot(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    hand = await open_page(chromium, town.address_of(KASIA))
    await expect(hand.on("composer")).to_be_visible()
    await chooses_more(hand, "found-group")
    await hand.on("group-title").fill("Home visits")
    await hand.on("group-forum").check()
    await hand.page.get_by_role("checkbox", name="Emily Carter").check()
    await hand.page.get_by_role("combobox", name="Reception").select_option("administrator")

    await hand.on("group-form-agree").click()

    await expect(hand.page.locator("#name")).to_have_text("Home visits")
    await expect(hand.on("choose")).to_have_text("Choose a topic")
    async with town.http.get("/sim/groups") as answer:
        [group] = (await answer.json())["groups"]
    statuses = {member["user"]["id"]: member["status"] for member in group["members"]}
    assert statuses == {KASIA: "creator", NEWCOMER: "member", BOT: "administrator"}
    assert group["forum"] is True
    assert hand.complaints == []


async def test_members_are_promoted_removed_and_added_again(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    group = await found(town, "Ward")
    kasia = await open_page(chromium, f"{town.address_of(KASIA)}&chat={group}")
    emily = await open_page(chromium, f"{town.address_of(NEWCOMER)}&chat={group}")
    await expect(emily.on("composer")).to_be_visible()
    await kasia.on("info").click()
    member = kasia.on(f"member-{NEWCOMER}")

    await kasia.on(f"change-{NEWCOMER}").click()
    await kasia.on(f"promote-{NEWCOMER}").click()
    await expect(member).to_contain_text("Administrator")

    await kasia.on(f"change-{NEWCOMER}").click()
    await kasia.on(f"kick-{NEWCOMER}").click()
    await expect(member).to_have_count(0)
    await expect(emily.on("choose")).to_have_text("Choose a chat")

    await kasia.on("add-whom").select_option(str(NEWCOMER))
    await kasia.on("add-member").click()
    await expect(member).to_be_visible()
    await expect(emily.on("composer")).to_be_visible()
    assert kasia.complaints == []


async def test_each_bot_has_a_chat_of_its_own(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    async def call(method: str, **parameters: Any) -> Any:
        async with town.http.post(f"/bot{OTHER_TOKEN}/{method}", json=parameters) as answer:
            return (await answer.json())["result"]

    await call("getMe")
    hand = await open_page(chromium, town.address_of(KASIA))
    await hand.on(f"chat-{OTHER_BOT}").click()
    await hand.on("start").click()

    wanted = {"timeout": PATIENCE_SECONDS, "allowed_updates": ["message"]}
    assert (await call("getUpdates", **wanted))[-1]["message"]["text"] == "/start"
    await call("sendMessage", chat_id=KASIA, text="Here is the other one.")
    await hand.sees("Here is the other one.")
    await hand.on(f"chat-{BOT}").click()
    await expect(hand.page.get_by_test_id("text")).to_have_text(["/start"])
    assert hand.complaints == []


async def test_a_command_of_the_group_names_its_bot(ward: Ward, chromium: Browser) -> None:
    await ward.town.call("setMyCommands", commands=MENU)
    hand = await open_page(chromium, ward.seen_by(KASIA))
    await hand.on("commands").click()

    await hand.on("command-duty").click()

    assert (await hears_text(ward.town))["text"] == f"/duty@demo_{BOT}_bot"


@pytest.mark.parametrize("way", ["words", "button"])
async def test_a_link_that_starts_the_bot_opens_their_chat_inside_the_page(
    ward: Ward, chromium: Browser, way: str
) -> None:
    from playwright.async_api import expect

    url = f"https://t.me/demo_{BOT}_bot?start=visit_7"
    offer: dict[str, Any] = {"text": f'<a href="{url}">Your visit</a>', "parse_mode": "HTML"}
    if way == "button":
        offer = {"text": "Press:", "reply_markup": {"inline_keyboard": [[{"text": "Your visit", "url": url}]]}}
    await ward.town.call("sendMessage", chat_id=ward.group, message_thread_id=ward.topic, **offer)
    hand = await open_page(chromium, ward.seen_by(KASIA))

    await hand.page.get_by_role("button", name="Your visit").click()

    assert (await hears_text(ward.town))["text"] == "/start visit_7"
    await expect(hand.page.locator("#name")).to_have_text("Reception")
    await expect(hand.newest).to_contain_text("/start visit_7")
    assert hand.complaints == []


async def test_a_phone_goes_from_people_to_chats_to_topics_and_back(ward: Ward, chromium: Browser) -> None:
    from playwright.async_api import expect

    hand = await open_page(chromium, ward.town.url, "phone")
    await hand.looks_at(KASIA)
    await expect(hand.page.get_by_role("heading", name="Katarzyna Wójcik")).to_be_visible()
    await expect(hand.on(f"person-{NEWCOMER}")).to_be_hidden()
    await hand.on(f"chat-{ward.group}").click()
    await expect(hand.page.get_by_role("heading", name="Ward")).to_be_visible()
    await hand.on(f"topic-{ward.topic}").click()
    await expect(hand.on("composer")).to_be_visible()

    back = hand.page.get_by_role("link", name="Back")
    for screen in (f"topic-{ward.topic}", f"chat-{ward.group}", f"person-{NEWCOMER}"):
        await back.click()
        await expect(hand.on(screen)).to_be_visible()

    await expect(back).to_be_hidden()
    assert hand.complaints == []
