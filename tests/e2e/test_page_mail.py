"""The mailbox beside the chat: what comes is counted, told, read and given away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.e2e.page_hand import (
    IN_A_BROWSER,
    KASIA,
    KASIAS_MAIL,
    NEWCOMER,
    SIZES,
    Hand,
    Town,
    letter,
    open_page,
)

if TYPE_CHECKING:
    from playwright.async_api import Browser, Locator

pytestmark = IN_A_BROWSER

EVENT = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1@diamed\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"


def row(hand: Hand, subject: str) -> Locator:
    return hand.on("mail-panel").get_by_role("button").filter(has_text=subject)


@pytest.mark.parametrize("size", SIZES)
async def test_a_mail_is_counted_told_and_read(town: Town, chromium: Browser, size: str) -> None:
    from playwright.async_api import expect

    hand = await open_page(chromium, town.address_of(KASIA), size)
    await expect(hand.page.get_by_role("tab", name="Mail", exact=True)).to_be_visible()
    mail = letter(subject="Wizyta w poniedziałek")
    mail.add_alternative("<h1>Do zobaczenia</h1>", subtype="html")

    await town.mail(mail)

    await expect(hand.page.get_by_role("tab", name="Mail 1 unread")).to_be_visible()
    await expect(hand.on("news")).to_have_text("New mail from Diamed: Wizyta w poniedziałek")
    await hand.turns_to("Mail")
    await row(hand, "Wizyta w poniedziałek").click()
    await expect(hand.on("mail-html").content_frame.get_by_role("heading")).to_have_text("Do zobaczenia")
    await expect(hand.page.get_by_role("tab", name="Mail", exact=True)).to_be_visible()
    await expect(hand.on("letter")).to_contain_text("Diamed <reception@diamed.example>")
    await hand.on("as-text").click()
    await expect(hand.on("mail-text")).to_have_text("See you on Monday.")
    assert await hand.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert hand.complaints == []


async def test_the_counter_stands_beside_the_name_of_whoever_got_mail(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    hand = await open_page(chromium, town.address_of(NEWCOMER))
    await expect(hand.on(f"person-{KASIA}")).to_be_visible()

    await town.mail(letter())

    await expect(hand.on(f"unread-mail-{KASIA}")).to_have_text("1")
    await expect(hand.on(f"unread-mail-{KASIA}")).to_have_attribute("aria-label", "1 unread mail")


async def test_an_event_for_the_calendar_is_downloaded_as_it_came(town: Town, chromium: Browser) -> None:
    mail = letter()
    mail.add_attachment(EVENT, maintype="text", subtype="calendar", filename="wizyta.ics")
    await town.mail(mail)
    hand = await open_page(chromium, town.address_of(KASIA))
    await row(hand, "Your visit").click()

    link = hand.page.get_by_role("link", name="Download wizyta.ics")

    assert await hand.downloads(link) == ("wizyta.ics", EVENT)
    assert hand.complaints == []


async def test_a_mail_that_comes_twice_says_so(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    await town.mail(letter())
    await town.mail(letter())
    hand = await open_page(chromium, town.address_of(KASIA))

    await row(hand, "Your visit").first.click()

    await expect(hand.on("copies")).to_have_text("The same mail came 1 time before.")


async def test_mail_to_an_address_typed_in_the_chat_is_given_to_whoever_typed_it(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    hand = await open_page(chromium, town.address_of(NEWCOMER))
    await expect(hand.on("mail-panel")).to_contain_text("No e-mail address yet.")
    await town.mail(letter("emily@example.com", "Welcome"))
    await expect(hand.page.get_by_role("tab", name="Mail 1 for nobody")).to_be_visible()

    await hand.page.get_by_role("button", name="Give to Emily Carter").click()

    await expect(hand.on("others")).to_have_count(0)
    await expect(hand.on("mail-panel").locator(".chip")).to_have_text("emily@example.com")
    await expect(hand.page.get_by_role("tab", name="Mail 1 unread")).to_be_visible()
    await expect(hand.on("news")).to_have_text("New mail from Diamed: Welcome")
    assert hand.complaints == []


async def test_an_address_is_added_and_taken_away_by_hand(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    hand = await open_page(chromium, town.address_of(KASIA))
    chips = hand.on("mail-panel").locator(".chip")
    await hand.on("open-email").click()
    await hand.on("new-email").fill("work@example.pl")
    await hand.on("new-email").press("Enter")
    await expect(chips).to_have_text([KASIAS_MAIL, "work@example.pl"])

    await hand.page.get_by_role("button", name=f"Take {KASIAS_MAIL} away").click()

    await expect(chips).to_have_text(["work@example.pl"])


async def test_a_link_in_a_text_opens_elsewhere(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    await town.mail(letter(text="Directions: https://diamed.example/where."))
    hand = await open_page(chromium, town.address_of(KASIA))

    await row(hand, "Your visit").click()

    link = hand.on("mail-text").get_by_role("link")
    await expect(link).to_have_attribute("href", "https://diamed.example/where")
    await expect(link).to_have_attribute("target", "_blank")


@pytest.mark.parametrize("size", SIZES)
async def test_escape_leads_out_of_the_mail_and_back_to_its_row(town: Town, chromium: Browser, size: str) -> None:
    from playwright.async_api import expect

    await town.mail(letter())
    hand = await open_page(chromium, town.address_of(KASIA), size)
    await hand.turns_to("Mail")
    await row(hand, "Your visit").press("Enter")
    await expect(hand.page.get_by_role("heading", name="Your visit")).to_be_focused()

    await hand.page.keyboard.press("Escape")

    await expect(row(hand, "Your visit")).to_be_focused()
    await hand.page.keyboard.press("Escape")
    await expect(hand.on("composer")).to_be_visible()


async def test_cleared_mail_closes_the_one_that_was_open(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    await town.mail(letter())
    hand = await open_page(chromium, town.address_of(KASIA))
    await row(hand, "Your visit").click()
    await expect(hand.on("letter")).to_be_visible()

    async with town.http.delete("/sim/mail") as answer:
        assert answer.status == 200

    await expect(hand.on("letter")).to_be_hidden()
    await expect(hand.on("mail-panel")).to_contain_text("No mail has come.")
