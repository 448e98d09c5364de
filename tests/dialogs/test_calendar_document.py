"""The visit's card puts the visit into the calendar on one's phone: a file, and the card beneath it (DIAMED-2)."""

import aiohttp
import icalendar
import pytest

from tests.dialogs.steps import TOMORROW, opens_only_visit
from tests.stage.patient import Phone
from tests.stage.small_clinic import EYES, MARIA, NOWAK
from tests.stage.stage import Stage


async def sent_file(stage: Stage) -> tuple[str, bytes]:
    """The caption and the content of the last document that came to Maria."""
    async with aiohttp.ClientSession(stage.telegram.url) as http:
        async with http.get("/sim/chat", params={"person": MARIA.chat}) as answer:
            messages = (await answer.json())["messages"]
        [document] = [message for message in messages if message.get("kind") == "document"][-1:]
        about = document["content"]["document"]
        assert about["file_name"] == "visit.ics"
        async with http.get(f"/sim/files/{about['file_id']}") as answer:
            return document["text"], await answer.read()


async def opens_card(stage: Stage) -> Phone:
    phone = await stage.logged_in(MARIA)
    await stage.books(MARIA, NOWAK, TOMORROW)
    await phone.reads("Confirmation: your visit is booked.")
    await opens_only_visit(phone)
    return phone


@pytest.mark.rule("DIAMED-2")
async def test_the_file_arrives_above_the_card(stage: Stage) -> None:
    phone = await opens_card(stage)
    before = await phone.screen()

    card = await phone.taps("Add to calendar")

    caption, content = await sent_file(stage)
    assert caption == "Open this file to put the visit into your calendar."
    [event] = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert event.decoded("DTSTART") == TOMORROW
    assert str(event["LOCATION"]) == EYES.address
    assert str(event["SUMMARY"]) == "Visit: CM Diamed"
    assert NOWAK.name in str(event["DESCRIPTION"])
    assert (card.text, card.message_id > before.message_id) == (before.text, True)


async def test_a_discreet_file_tells_the_time_alone(stage: Stage) -> None:
    phone = await opens_card(stage)
    await phone.says("/settings")
    await phone.sees("Settings")
    await phone.taps("Discreet wording", "Turn discreet wording on", "Back")

    await phone.taps("Add to calendar")

    _, content = await sent_file(stage)
    [event] = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert event.decoded("DTSTART") == TOMORROW
    assert str(event["SUMMARY"]) == "Appointment"
    assert not any(fact in content.decode() for fact in ("Nowak", "okulistyczna", "Zielona"))


async def test_what_is_cancelled_has_no_file(stage: Stage) -> None:
    phone = await opens_card(stage)
    await phone.taps("Cancel the visit", "Without a reason", "Yes, cancel the visit", "Menu")
    await phone.presses("Move or cancel")
    card = await phone.sees("Status of the visit: Cancelled")
    assert "Add to calendar" not in card.buttons
