"""Errors and limits of messages, edits, deletions, queries and the wire, told to two clients."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests.sandbox.hand import ANNA, BORIS
from tests.sandbox.peers import AiogramPeer, Refused
from tests.sandbox.row import Row, Scene, check, rows

Act = Callable[[Scene], Awaitable[Any]]
NOBODY = 987654321
TWO_DAYS_SECONDS = 48 * 3600
QUERY_SECONDS = 15 * 60
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
NOT_EDITABLE = "message can't be edited"
BLOCKED = "bot was blocked by the user"
TOO_OLD_QUERY = "query is too old and response timeout expired or query ID is invalid"


async def send(scene: Scene, text: str = "Hello", person: int = ANNA, **more: Any) -> Any:
    return await scene.peer.call("send_message", chat_id=person, text=text, **more)


async def edit(scene: Scene, message_id: int, text: str = "x", **more: Any) -> Any:
    return await scene.peer.call("edit_message_text", chat_id=ANNA, message_id=message_id, text=text, **more)


async def delete(scene: Scene, message_id: int) -> Any:
    return await scene.peer.call("delete_message", chat_id=ANNA, message_id=message_id)


async def pressed(scene: Scene) -> str:
    await send(scene, "Choose", reply_markup=scene.peer.keyboard([[("Yes", "yes")]]))
    return str((await scene.hand.sim("press", {"person": ANNA, "button": "Yes"}))["query_id"])


async def answer(scene: Scene, query: str, **more: Any) -> Any:
    return await scene.peer.call("answer_callback_query", callback_query_id=query, **more)


async def pass_time(scene: Scene, seconds: int) -> None:
    await scene.hand.sim("clock", {"advance": seconds + 1})


def sends(person: int, **more: Any) -> Act:
    return lambda scene: send(scene, "x", person, **more)


def blocked(method: str, **parameters: Any) -> Act:
    async def act(scene: Scene) -> Any:
        message = await send(scene)
        await scene.hand.sim("block", {"person": ANNA})
        number = {"message_id": message.message_id} if method.startswith("edit") else {}
        return await scene.peer.call(method, chat_id=ANNA, **number, **parameters)

    return act


async def edit_without_a_change(scene: Scene) -> Any:
    message = await send(scene)
    return await edit(scene, message.message_id, "<i></i>Hello ", parse_mode="HTML")


async def keyboard_without_a_change(scene: Scene) -> Any:
    message = await send(scene)
    return await scene.peer.call("edit_message_reply_markup", chat_id=ANNA, message_id=message.message_id)


def edits_of_the_deleted(method: str, **words: Any) -> Act:
    async def act(scene: Scene) -> Any:
        message = await send(scene)
        await delete(scene, message.message_id)
        return await scene.peer.call(method, chat_id=ANNA, message_id=message.message_id, **words)

    return act


async def edit_of_anothers_words(scene: Scene) -> Any:
    return await edit(scene, (await scene.hand.say("Hello"))["message_id"])


async def edit_after_two_days(scene: Scene) -> Any:
    message = await send(scene)
    await pass_time(scene, TWO_DAYS_SECONDS)
    return await edit(scene, message.message_id, "late")


async def deletion_after_two_days(scene: Scene) -> Any:
    message = await send(scene)
    await pass_time(scene, TWO_DAYS_SECONDS)
    return await delete(scene, message.message_id)


async def second_answer(scene: Scene) -> Any:
    query = await pressed(scene)
    assert await answer(scene, query, text="Noted") is True
    return await answer(scene, query)


async def late_answer(scene: Scene) -> Any:
    query = await pressed(scene)
    await pass_time(scene, QUERY_SECONDS)
    return await answer(scene, query)


async def long_answer(scene: Scene) -> Any:
    return await answer(scene, await pressed(scene), text="ё" * 201)


def sets(*commands: str, **more: Any) -> Act:
    """A menu of these commands, in the client's own manner."""

    async def act(scene: Scene) -> Any:
        listed: list[Any] = [(command, "d") for command in commands]
        if isinstance(scene.peer, AiogramPeer):
            listed = [{"command": command, "description": text} for command, text in listed]
        return await scene.peer.call("set_my_commands", commands=listed, **more)

    return act


CHATS = (
    Row(400, "chat not found", sends(NOBODY)),
    Row(403, "bot can't initiate conversation with a user", sends(BORIS)),
    Row(403, BLOCKED, blocked("send_message", text="x"), "a message while blocked"),
    Row(403, BLOCKED, blocked("send_chat_action", action="typing"), "an action while blocked"),
    Row(403, BLOCKED, blocked("edit_message_text", text="x"), "an edit while blocked"),
    Row(400, "message to be replied not found", sends(ANNA, reply_to_message_id=777)),
    Row(400, "user not found", lambda scene: scene.peer.call("set_chat_menu_button", chat_id=BORIS), "a menu button"),
)
EDITS = (
    Row(400, NOT_MODIFIED, edit_without_a_change, "an edit that changes nothing"),
    Row(400, NOT_MODIFIED, keyboard_without_a_change, "a keyboard that changes nothing"),
    Row(
        400, "message to edit not found", edits_of_the_deleted("edit_message_text", text="x"), "an edit of the deleted"
    ),
    Row(400, "message to edit not found", edits_of_the_deleted("edit_message_reply_markup"), "buttons of the deleted"),
    Row(400, NOT_EDITABLE, edit_of_anothers_words, "an edit of what the person said"),
    Row(400, NOT_EDITABLE, edit_after_two_days, "an edit after two days"),
    Row(400, "message to delete not found", lambda scene: delete(scene, 12345)),
    Row(400, "message identifier is not specified", lambda scene: delete(scene, 0)),
    Row(400, "message can't be deleted for everyone", deletion_after_two_days),
)
QUERIES = (
    Row(400, TOO_OLD_QUERY, second_answer, "a second answer"),
    Row(400, TOO_OLD_QUERY, late_answer, "a late answer"),
    Row(400, TOO_OLD_QUERY, lambda scene: answer(scene, "42"), "an answer to nothing"),
    Row(400, "MESSAGE_TOO_LONG", long_answer),
)
MENUS = (
    Row(400, "BOT_COMMANDS_TOO_MUCH", sets(*[f"c{number}" for number in range(101)])),
    Row(400, "BOT_COMMAND_INVALID", sets("Start")),
    Row(400, "command must be non-empty", sets("/")),
    Row(400, "command length must not exceed 32", sets("c" * 33)),
    Row(400, "invalid language code specified", sets("start", language_code="Italian")),
)


@rows(*CHATS, *EDITS, *QUERIES, *MENUS)
async def test_row(row: Row, scene: Scene) -> None:
    await check(row, scene)


async def test_buttons_keep_a_message_open_to_edits(scene: Scene) -> None:
    alive = await send(scene, reply_markup=scene.peer.keyboard([[("A", "a")]]))
    await pass_time(scene, TWO_DAYS_SECONDS)
    assert (await edit(scene, alive.message_id, "late")).text == "late"


async def test_an_answer_has_200_characters(scene: Scene) -> None:
    assert await answer(scene, await pressed(scene), text="ё" * 200) is True


async def test_a_planned_flood(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    await scene.hand.sim("faults", {"method": "sendMessage", "kind": "error", "retry_after": 7})
    with pytest.raises(Refused) as caught:
        await send(scene)
    assert (caught.value.code, caught.value.retry_after) == (429, 7)
    assert (await send(scene)).text == "Hello"


async def test_a_hundred_commands_pass(scene: Scene) -> None:
    assert await sets(*[f"c{number}" for number in range(100)])(scene) is True


async def test_a_method_that_is_not_played_is_loud(scene: Scene) -> None:
    with pytest.raises(Refused) as caught:
        await scene.peer.call("send_dice", chat_id=ANNA)
    assert "senddice is not in the sandbox yet" in caught.value.text
