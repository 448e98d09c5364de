"""Who reaches the desk at all: private chats; and who can be reached: people who do not block the bot."""

import pytest

from tests.dialogs.steps import FIRST_FREE
from tests.stage.small_clinic import LIS, MARIA
from tests.stage.stage import Stage

REACHABLE = "SELECT reachable FROM channels"


@pytest.mark.parametrize("standing", ["member", "administrator"])
async def test_a_group_gets_no_answer_and_changes_nothing(stage: Stage, standing: str) -> None:
    await stage.books(MARIA, LIS, FIRST_FREE)
    phone = await stage.logged_in(MARIA)
    menu = await phone.screen()
    await stage.is_quiet()
    before = len(await stage.calls("sendMessage"))

    group = await stage.group_with_bot(MARIA, standing)
    for text in ("/start", "/visits", "hello", MARIA.password):
        await stage.post("say", {"person": MARIA.chat, "chat": group, "text": text})
    await stage.is_quiet()

    assert await stage.calls("sendMessage", chat=group) == []
    letters = [1 for message in await phone.messages() if "Confirmation" in message]
    assert len(await stage.calls("sendMessage")) <= before + len(letters)
    assert await phone.screen() == menu
    assert stage.rows("SELECT id FROM chats") == [(MARIA.chat,)]


async def test_a_button_pressed_in_a_group_gets_no_answer(stage: Stage) -> None:
    visit = await stage.books(MARIA, LIS, FIRST_FREE)
    phone = await stage.logged_in(MARIA)
    menu = await phone.screen()
    group = await stage.group_with_bot(MARIA)
    keyboard = {"inline_keyboard": [[{"text": "Open", "callback_data": f"visit:{visit}"}]]}
    await stage.as_bot("sendMessage", chat_id=group, text="Your visit", reply_markup=keyboard)
    before = len(await stage.calls("sendMessage"))

    await stage.post("press", {"person": MARIA.chat, "chat": group, "button": "Open"})
    await stage.is_quiet()

    assert len(await stage.calls("sendMessage")) == before
    assert await phone.screen() == menu


async def test_whoever_blocks_the_bot_is_not_written_to_until_they_are_back(stage: Stage) -> None:
    phone = await stage.logged_in(MARIA)
    assert stage.rows(REACHABLE) == [(1,)]

    await phone.blocks()
    await stage.is_quiet()
    assert stage.rows(REACHABLE) == [(0,)]

    await phone.unblocks()
    await stage.is_quiet()
    assert stage.rows(REACHABLE) == [(1,)]
    await phone.presses("Planned visits")
    await phone.sees("No visits planned.")


async def test_a_message_to_somebody_who_has_just_blocked_us_marks_the_channel(stage: Stage) -> None:
    phone = await stage.logged_in(MARIA)
    blocked = {"code": 403, "description": "Forbidden: bot was blocked by the user"}
    await stage.fault("sendMessage", "error", **blocked)

    await phone.says("/visits")
    await stage.is_quiet()

    assert stage.rows(REACHABLE) == [(0,)]
    assert stage.rows("SELECT max(tries) FROM inbox") == [(0,)]


async def test_whoever_writes_again_can_be_reached_again(stage: Stage) -> None:
    phone = await stage.logged_in(MARIA)
    blocked = {"code": 403, "description": "Forbidden: bot was blocked by the user"}
    await stage.fault("sendMessage", "error", **blocked)
    await phone.says("/visits")
    await stage.is_quiet()

    await phone.says("/help")
    await phone.sees("How this works")

    await stage.is_quiet()
    assert stage.rows(REACHABLE) == [(1,)]
