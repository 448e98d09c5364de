"""Who reaches the desk at all: private chats; and who can be reached: people who do not block the bot."""

from tests.dialogs.steps import FIRST_FREE
from tests.stage.small_clinic import LIS, MARIA
from tests.stage.stage import Stage

REACHABLE = "SELECT reachable FROM channels"
GROUP = {"id": -100500, "type": "supergroup", "title": "Neighbours"}
MARIA_IN_GROUP = {"id": MARIA.chat, "is_bot": False, "first_name": "Maria", "language_code": "en"}


async def test_a_group_gets_no_answer_and_changes_nothing(stage: Stage) -> None:
    await stage.books(MARIA, LIS, FIRST_FREE)
    phone = await stage.logged_in(MARIA)
    menu = await phone.screen()
    await stage.is_quiet()
    before = len(await stage.calls("sendMessage"))

    for text in ("/start", "/visits", "hello", MARIA.password):
        stage.arrives("message", {"message_id": 7, "date": 1, "chat": GROUP, "from": MARIA_IN_GROUP, "text": text})
    await stage.is_quiet()

    assert await stage.calls("sendMessage", chat=-100500) == []
    letters = [1 for message in await phone.messages() if "Confirmation" in message]
    assert len(await stage.calls("sendMessage")) <= before + len(letters)
    assert await phone.screen() == menu
    assert stage.rows("SELECT id FROM chats") == [(MARIA.chat,)]


async def test_a_button_pressed_in_a_group_gets_no_answer(stage: Stage) -> None:
    visit = await stage.books(MARIA, LIS, FIRST_FREE)
    phone = await stage.logged_in(MARIA)
    menu = await phone.screen()
    message = {"message_id": 8, "date": 1, "chat": GROUP, "text": "Forwarded"}
    press = {"id": "1", "from": MARIA_IN_GROUP, "message": message, "chat_instance": "1", "data": f"visit:{visit}"}

    stage.arrives("callback_query", press)
    await stage.is_quiet()

    assert await stage.calls("sendMessage", chat=-100500) == []
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
