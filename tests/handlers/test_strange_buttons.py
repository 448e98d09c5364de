"""Buttons that no dialog and no alert of ours ever had, and updates that no messenger would send."""

import pytest

from tests.stage.small_clinic import EYES, MARIA
from tests.stage.stage import Stage


async def test_a_button_without_data_is_answered_and_changes_nothing(stage: Stage) -> None:
    phone = await stage.logged_in(MARIA)
    before = await phone.taps("Book a visit", EYES.name)
    chat = {"id": MARIA.chat, "type": "private", "first_name": MARIA.first_name}
    person = {"id": MARIA.chat, "is_bot": False, "first_name": MARIA.first_name}
    message = {"message_id": before.message_id, "date": 1795424400, "chat": chat, "text": before.text}
    game = {"id": "game", "from": person, "message": message, "chat_instance": "1", "game_short_name": "chess"}

    stage.arrives("callback_query", game)
    await stage.is_quiet()

    answers = [call["params"] for call in await stage.calls("answerCallbackQuery")]
    assert [answer["callback_query_id"] for answer in answers].count("game") == 1
    assert stage.rows("SELECT max(tries) FROM inbox") == [(0,)]
    assert await phone.screen() == before


@pytest.mark.parametrize(("pressed", "leads_to"), [("open", "Please choose a doctor"), ("closed", "Planned visits")])
async def test_a_button_under_no_message_at_all_counts_all_the_same(stage: Stage, pressed: str, leads_to: str) -> None:
    phone = await stage.logged_in(MARIA)
    closed = await phone.taps("Book a visit")
    await phone.says("/start")
    await phone.sees("Hello! How can we help you?")
    data = closed.data[0]
    if pressed == "open":
        data = (await phone.taps("Book a visit")).data[0]
    chat = {"id": MARIA.chat, "type": "private", "first_name": MARIA.first_name}
    person = {"id": MARIA.chat, "is_bot": False, "first_name": MARIA.first_name}
    message = {"message_id": 0, "date": 1795424400, "chat": chat, "text": "Hello!"}

    stage.arrives("callback_query", {"id": "1", "from": person, "message": message, "chat_instance": "1", "data": data})
    await stage.is_quiet()

    await phone.sees(leads_to)
    assert stage.rows("SELECT max(tries) FROM inbox") == [(0,)]


async def test_whoever_an_update_says_it_is_from_the_chat_stays_its_own(stage: Stage) -> None:
    """Else what a stranger opened in it, should there ever be one, would be closed to the person for ever."""
    phone = await stage.logged_in(MARIA)
    chat = {"id": MARIA.chat, "type": "private", "first_name": MARIA.first_name}
    somebody = {"id": 4711, "is_bot": False, "first_name": "Somebody"}
    start = [{"type": "bot_command", "offset": 0, "length": 6}]
    said = {"message_id": 900, "date": 1, "chat": chat, "from": somebody, "text": "/start", "entities": start}

    stage.arrives("message", said)
    await stage.is_quiet()

    assert "No visits planned." in await phone.taps("Planned visits")
    assert stage.rows("SELECT max(tries) FROM inbox") == [(0,)]


async def test_an_update_of_a_kind_that_nobody_asked_for_is_done_and_nothing_else(stage: Stage) -> None:
    """Its numbers were looked at by nobody: this one fits no database."""
    phone = await stage.logged_in(MARIA)
    before = await phone.screen()
    chat = {"id": 2**63, "type": "private", "first_name": MARIA.first_name}
    person = {"id": MARIA.chat, "is_bot": False, "first_name": MARIA.first_name}

    stage.arrives("guest_message", {"message_id": 901, "date": 1, "chat": chat, "from": person, "text": "/start"})
    await stage.is_quiet()

    assert await phone.screen() == before
    assert stage.rows("SELECT max(tries) FROM inbox") == [(0,)]
