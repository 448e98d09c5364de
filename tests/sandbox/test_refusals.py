"""The table of errors, through two independent clients."""

from typing import Any

import pytest

from tests.sandbox.hand import ANNA, BORIS, Hand
from tests.sandbox.peers import AiogramPeer, Peer, PtbPeer, Refused

NOBODY = 987654321
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
TOO_OLD_QUERY = "query is too old and response timeout expired or query id is invalid"
LONG_KEYBOARD = [[("A", "a")]] * 101
FAT_KEYBOARD = [[("A" * 100, "b" * 64)]] * 70


async def sent(peer: Peer, hand: Hand, text: str = "Hello") -> Any:
    await hand.start()
    return await peer.call("send_message", chat_id=ANNA, text=text)


async def pressed(peer: Peer, hand: Hand) -> str:
    await hand.start()
    await peer.call("send_message", chat_id=ANNA, text="Choose", reply_markup=peer.keyboard([[("Yes", "yes")]]))
    return str((await hand.sim("press", {"person": ANNA, "button": "Yes"}))["query_id"])


async def refusal(peer: Peer, method: str, **parameters: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        await peer.call(method, **parameters)
    return caught.value


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "message text is empty"),
        (" \n ", "message text is empty"),
        ("x" * 4097, "message is too long"),
    ],
)
async def test_texts_that_cannot_be_sent(peer: Peer, hand: Hand, text: str, told: str) -> None:
    await hand.start()
    refused = await refusal(peer, "send_message", chat_id=ANNA, text=text)
    assert (refused.code, refused.text) == (400, told)


async def test_a_text_is_measured_after_parsing_and_in_code_points(peer: Peer, hand: Hand) -> None:
    await hand.start()
    message = await peer.call("send_message", chat_id=ANNA, text=f"<b>{'𝒳' * 4096}</b>", parse_mode="HTML")
    assert len(message.text) == 4096
    assert message.entities[0].length == 8192


async def test_broken_html(peer: Peer, hand: Hand) -> None:
    await hand.start()
    refused = await refusal(peer, "send_message", chat_id=ANNA, text="<b>bold", parse_mode="HTML")
    told = "can't parse entities: can't find end tag corresponding to start tag \"b\""
    assert (refused.code, refused.text) == (400, told)


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([[("A", "x" * 65)]], "button_data_invalid"),
        ([[("A", "ё" * 33)]], "button_data_invalid"),
        (LONG_KEYBOARD, "reply markup is too long"),
        (FAT_KEYBOARD, "reply markup is too long"),
    ],
)
async def test_keyboards_that_cannot_be_sent(peer: Peer, hand: Hand, rows: Any, told: str) -> None:
    await hand.start()
    refused = await refusal(peer, "send_message", chat_id=ANNA, text="x", reply_markup=peer.keyboard(rows))
    assert (refused.code, refused.text) == (400, told)


async def test_callback_data_of_64_bytes_passes(peer: Peer, hand: Hand) -> None:
    await hand.start()
    keyboard = peer.keyboard([[("A", "ё" * 32)], [("B", "b")] * 8])
    message = await peer.call("send_message", chat_id=ANNA, text="x", reply_markup=keyboard)
    assert message.reply_markup.inline_keyboard[0][0].callback_data == "ё" * 32


async def test_a_chat_that_nobody_has(peer: Peer) -> None:
    refused = await refusal(peer, "send_message", chat_id=NOBODY, text="x")
    assert (refused.code, refused.text) == (400, "chat not found")


async def test_a_person_who_never_wrote(peer: Peer) -> None:
    refused = await refusal(peer, "send_message", chat_id=BORIS, text="x")
    assert (refused.code, refused.text) == (403, "bot can't initiate conversation with a user")


@pytest.mark.parametrize("method", ["send_message", "send_chat_action", "edit_message_text"])
async def test_a_person_who_blocked_the_bot(peer: Peer, hand: Hand, method: str) -> None:
    message = await sent(peer, hand)
    await hand.sim("block", {"person": ANNA})
    parameters: dict[str, Any] = {
        "send_message": {"text": "x"},
        "send_chat_action": {"action": "typing"},
        "edit_message_text": {"text": "x", "message_id": message.message_id},
    }[method]
    refused = await refusal(peer, method, chat_id=ANNA, **parameters)
    assert (refused.code, refused.text) == (403, "bot was blocked by the user")


async def test_an_edit_that_changes_nothing(peer: Peer, hand: Hand) -> None:
    message = await sent(peer, hand, "Hello")
    refused = await refusal(
        peer, "edit_message_text", chat_id=ANNA, message_id=message.message_id, text="<i></i>Hello ", parse_mode="HTML"
    )
    assert (refused.code, refused.text) == (400, NOT_MODIFIED)


async def test_a_keyboard_edit_that_changes_nothing(peer: Peer, hand: Hand) -> None:
    message = await sent(peer, hand)
    refused = await refusal(peer, "edit_message_reply_markup", chat_id=ANNA, message_id=message.message_id)
    assert (refused.code, refused.text) == (400, NOT_MODIFIED)


@pytest.mark.parametrize("method", ["edit_message_text", "edit_message_reply_markup"])
async def test_an_edit_of_a_message_that_is_gone(peer: Peer, hand: Hand, method: str) -> None:
    message = await sent(peer, hand)
    await peer.call("delete_message", chat_id=ANNA, message_id=message.message_id)
    words = {"text": "x"} if method == "edit_message_text" else {}
    refused = await refusal(peer, method, chat_id=ANNA, message_id=message.message_id, **words)
    assert (refused.code, refused.text) == (400, "message to edit not found")


async def test_an_edit_of_what_the_person_said(peer: Peer, hand: Hand) -> None:
    said = await hand.say("Hello")
    refused = await refusal(peer, "edit_message_text", chat_id=ANNA, message_id=said["message_id"], text="x")
    assert (refused.code, refused.text) == (400, "message can't be edited")


async def test_an_edit_after_two_days_needs_buttons(peer: Peer, hand: Hand) -> None:
    plain = await sent(peer, hand)
    alive = await peer.call("send_message", chat_id=ANNA, text="x", reply_markup=peer.keyboard([[("A", "a")]]))
    await hand.sim("clock", {"advance": 48 * 3600 + 1})
    refused = await refusal(peer, "edit_message_text", chat_id=ANNA, message_id=plain.message_id, text="late")
    assert (refused.code, refused.text) == (400, "message can't be edited")
    edited = await peer.call("edit_message_text", chat_id=ANNA, message_id=alive.message_id, text="late")
    assert edited.text == "late"


async def test_deleting_what_is_not_there(peer: Peer, hand: Hand) -> None:
    await hand.start()
    refused = await refusal(peer, "delete_message", chat_id=ANNA, message_id=12345)
    assert (refused.code, refused.text) == (400, "message to delete not found")


async def test_deleting_after_two_days(peer: Peer, hand: Hand) -> None:
    message = await sent(peer, hand)
    await hand.sim("clock", {"advance": 48 * 3600 + 1})
    refused = await refusal(peer, "delete_message", chat_id=ANNA, message_id=message.message_id)
    assert (refused.code, refused.text) == (400, "message can't be deleted for everyone")


async def test_a_reply_to_nothing(peer: Peer, hand: Hand) -> None:
    await hand.start()
    refused = await refusal(peer, "send_message", chat_id=ANNA, text="x", reply_to_message_id=777)
    assert (refused.code, refused.text) == (400, "message to be replied not found")


async def test_a_query_is_answered_once(peer: Peer, hand: Hand) -> None:
    query = await pressed(peer, hand)
    assert await peer.call("answer_callback_query", callback_query_id=query, text="Noted") is True
    refused = await refusal(peer, "answer_callback_query", callback_query_id=query)
    assert (refused.code, refused.text) == (400, TOO_OLD_QUERY)


async def test_a_query_grows_too_old(peer: Peer, hand: Hand) -> None:
    query = await pressed(peer, hand)
    await hand.sim("clock", {"advance": 15 * 60 + 1})
    refused = await refusal(peer, "answer_callback_query", callback_query_id=query)
    assert (refused.code, refused.text) == (400, TOO_OLD_QUERY)


async def test_an_unknown_query(peer: Peer) -> None:
    refused = await refusal(peer, "answer_callback_query", callback_query_id="42")
    assert (refused.code, refused.text) == (400, TOO_OLD_QUERY)


async def test_an_answer_has_200_characters(peer: Peer, hand: Hand) -> None:
    query = await pressed(peer, hand)
    refused = await refusal(peer, "answer_callback_query", callback_query_id=query, text="ё" * 201)
    assert (refused.code, refused.text) == (400, "message_too_long")
    assert await peer.call("answer_callback_query", callback_query_id=query, text="ё" * 200) is True


async def test_a_token_that_is_wrong(hand: Hand) -> None:
    """Its digits belong to another token; each client has its own word for that."""
    await hand.result("getMe")
    stolen = "123456789:BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB"
    for client in (AiogramPeer(hand.url, stolen), PtbPeer(hand.url, stolen)):
        refused = await refusal(client, "get_me")
        assert (refused.code, refused.text) == (401, "unauthorized")
        await client.close()


async def test_a_planned_flood(peer: Peer, hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    await hand.start()
    await hand.sim("faults", {"method": "sendMessage", "kind": "error", "retry_after": 7})
    refused = await refusal(peer, "send_message", chat_id=ANNA, text="x")
    assert (refused.code, refused.retry_after) == (429, 7)
    assert (await peer.call("send_message", chat_id=ANNA, text="x")).text == "x"


async def test_a_hundred_commands_and_no_more(peer: Peer) -> None:
    commands = [{"command": f"c{number}", "description": "d"} for number in range(101)]
    listed = commands if isinstance(peer, AiogramPeer) else [tuple(entry.values()) for entry in commands]
    refused = await refusal(peer, "set_my_commands", commands=listed)
    assert (refused.code, refused.text) == (400, "bot_commands_too_much")
    assert await peer.call("set_my_commands", commands=listed[:100]) is True


async def test_a_method_that_is_not_played_is_loud(peer: Peer, hand: Hand) -> None:
    await hand.start()
    refused = await refusal(peer, "send_dice", chat_id=ANNA)
    assert "senddice is not in the sandbox yet" in refused.text
