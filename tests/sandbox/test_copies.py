"""Messages copied and forwarded from chat to chat, through two clients."""

from typing import Any

import pytest

from tests.sandbox.groups import found, found_forum, last, open_topic, say, seen
from tests.sandbox.hand import ANNA, BORIS, Hand
from tests.sandbox.peers import Peer
from tests.sandbox.pictures import PNG, document_id, photo_id

ORDER = {
    "title": "Visit",
    "description": "At home",
    "payload": "visit-1",
    "provider_token": "1:TEST:abc",
    "currency": "EUR",
    "prices": [{"label": "Visit", "amount": 12000}],
}


async def invoice(bot: Hand, **more: Any) -> int:
    return int((await bot.result("sendInvoice", chat_id=ANNA, **ORDER, **more))["message_id"])


async def test_a_copy_has_the_words_and_no_origin(bot: Hand, peer: Peer) -> None:
    await bot.start(BORIS)
    said = await peer.call("send_message", chat_id=ANNA, text="See <b>you</b>", parse_mode="HTML")
    copied = await peer.call("copy_message", chat_id=BORIS, from_chat_id=ANNA, message_id=said.message_id)
    shown = (await bot.messages(BORIS))[-1]
    assert (shown["message_id"], shown["text"], shown["origin"]) == (copied.message_id, "See you", None)
    assert shown["entities"][0]["type"] == "bold"


async def test_what_a_person_sent_is_copied_with_new_words_and_buttons(bot: Hand, peer: Peer) -> None:
    await bot.start(BORIS)
    sent = await peer.call("send_photo", chat_id=ANNA, photo=peer.file(PNG, "a.png"), caption="Old")
    await peer.call(
        "copy_message",
        chat_id=BORIS,
        from_chat_id=ANNA,
        message_id=sent.message_id,
        caption="<u>New</u>",
        parse_mode="HTML",
        show_caption_above_media=True,
        reply_markup=peer.keyboard([[("Seen", "seen")]]),
    )
    shown = (await bot.messages(BORIS))[-1]
    assert (shown["kind"], shown["text"], shown["entities"][0]["type"]) == ("photo", "New", "underline")
    assert shown["content"]["show_caption_above_media"] is True
    assert shown["inline_keyboard"] == [[{"text": "Seen", "callback_data": "seen"}]]


async def test_a_copy_keeps_the_caption_unless_an_empty_one_is_given(bot: Hand) -> None:
    sent = await bot.result("sendPhoto", chat_id=ANNA, photo=await photo_id(bot), caption="Old")
    copy = {"chat_id": ANNA, "from_chat_id": ANNA, "message_id": sent["message_id"]}
    await bot.result("copyMessage", **copy)
    assert (await bot.messages())[-1]["text"] == "Old"
    await bot.result("copyMessage", **copy, caption="")
    assert (await bot.messages())[-1]["text"] == ""


async def test_a_caption_does_not_replace_a_text(bot: Hand) -> None:
    said = (await bot.say("My words"))["message_id"]
    await bot.result("copyMessage", chat_id=ANNA, from_chat_id=ANNA, message_id=said, caption="Other")
    assert (await bot.messages())[-1]["text"] == "My words"


async def test_a_forward_says_who_said_it_first(bot: Hand, peer: Peer) -> None:
    await bot.start(BORIS)
    said = (await bot.say("Good morning"))["message_id"]
    once = await peer.call("forward_message", chat_id=BORIS, from_chat_id=ANNA, message_id=said)
    twice = await peer.call("forward_message", chat_id=ANNA, from_chat_id=BORIS, message_id=once.message_id)
    for forwarded in (once, twice):
        assert (forwarded.text, forwarded.forward_origin.type) == ("Good morning", "user")
        assert forwarded.forward_origin.sender_user.first_name == "Anna"
    assert (await bot.messages(BORIS))[-1]["origin"]["sender_user"]["id"] == ANNA


async def test_a_forward_leaves_the_buttons_behind_and_cannot_be_edited(bot: Hand) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Yes", "callback_data": "yes"}]]}
    said = await bot.result("sendMessage", chat_id=ANNA, text="Come?", reply_markup=keyboard)
    forward = await bot.result("forwardMessage", chat_id=ANNA, from_chat_id=ANNA, message_id=said["message_id"])
    assert "reply_markup" not in forward
    edit = {"chat_id": ANNA, "message_id": forward["message_id"], "text": "Changed"}
    assert await bot.refusal("editMessageText", **edit) == "Bad Request: message can't be edited"


async def test_copies_go_from_a_private_chat_into_a_topic(bot: Hand, peer: Peer) -> None:
    group = await found_forum(bot)
    thread = await open_topic(bot, group)
    said = (await bot.say("It hurts"))["message_id"]
    for method in ("copy_message", "forward_message"):
        place = {"chat_id": group, "message_thread_id": thread, "from_chat_id": ANNA}
        await peer.call(method, **place, message_id=said)
        shown = await last(bot, group)
        assert (shown["text"], shown["thread"]) == ("It hurts", thread)
    for method in ("copy_messages", "forward_messages"):
        (number,) = await peer.call(method, **place, message_ids=[said])
        assert (await last(bot, group))["message_id"] == number.message_id


async def test_copies_go_from_a_group_to_a_private_chat(bot: Hand) -> None:
    group = await found(bot)
    said = (await say(bot, group, "The answer"))["message_id"]
    await bot.result("copyMessage", chat_id=ANNA, from_chat_id=group, message_id=said, protect_content=True)
    shown = (await bot.messages())[-1]
    assert (shown["text"], shown["protected"]) == ("The answer", True)


async def test_several_are_copied_without_those_that_are_gone_or_cannot_be(bot: Hand, peer: Peer) -> None:
    first = await peer.call("send_photo", chat_id=ANNA, photo=peer.file(PNG, "a.png"), caption="One")
    bill = await invoice(bot)
    second = await peer.call("send_message", chat_id=ANNA, text="Two")
    ids = [first.message_id, bill, second.message_id, second.message_id + 1]
    copied = await peer.call("copy_messages", chat_id=ANNA, from_chat_id=ANNA, message_ids=ids, remove_caption=True)
    shown = (await bot.messages())[-2:]
    assert [message["message_id"] for message in shown] == [number.message_id for number in copied]
    assert [(message["kind"], message["text"]) for message in shown] == [("photo", ""), ("text", "Two")]


@pytest.mark.parametrize("method", ["copyMessages", "forwardMessages"])
async def test_albums_stay_albums_under_a_new_name(bot: Hand, method: str) -> None:
    media = [{"type": "document", "media": await document_id(bot)}] * 2
    album = await bot.result("sendMediaGroup", chat_id=ANNA, media=media)
    alone = await bot.result("sendMessage", chat_id=ANNA, text="x")
    ids = [*[message["message_id"] for message in album], alone["message_id"]]
    await bot.result(method, chat_id=ANNA, from_chat_id=ANNA, message_ids=ids)
    first, second, third = [message["album"] for message in (await bot.messages())[-3:]]
    assert first == second != album[0]["media_group_id"]
    assert first
    assert third == ""


async def test_what_is_protected_can_be_copied_by_the_bot_and_not_forwarded(bot: Hand, peer: Peer) -> None:
    secret = await peer.call("send_message", chat_id=ANNA, text="Between us", protect_content=True)
    open_word = await peer.call("send_message", chat_id=ANNA, text="For all")
    await peer.call("copy_message", chat_id=ANNA, from_chat_id=ANNA, message_id=secret.message_id)
    assert (await bot.messages())[-1]["text"] == "Between us"
    ids = [secret.message_id, open_word.message_id]
    (number,) = await peer.call("forward_messages", chat_id=ANNA, from_chat_id=ANNA, message_ids=ids)
    shown = (await bot.messages())[-1]
    assert (shown["message_id"], shown["text"]) == (number.message_id, "For all")


async def test_a_forwarded_invoice_can_be_paid_or_leads_to_the_bot(bot: Hand) -> None:
    for start, button in (("", "pay"), ("visit", "url")):
        bill = await invoice(bot, start_parameter=start)
        forward = await bot.result("forwardMessage", chat_id=ANNA, from_chat_id=ANNA, message_id=bill)
        assert forward["invoice"]["total_amount"] == 12000
        shown = (await bot.messages())[-1]["inline_keyboard"][0][0]
        assert button in shown
        if start:
            assert shown["url"].endswith("?start=visit")


async def test_a_blocked_chat_can_still_be_copied_from(bot: Hand) -> None:
    await bot.start(BORIS)
    said = (await bot.say("Last words", BORIS))["message_id"]
    await bot.sim("block", {"person": BORIS})
    await bot.result("copyMessage", chat_id=ANNA, from_chat_id=BORIS, message_id=said)
    assert (await bot.messages())[-1]["text"] == "Last words"


async def test_nobody_hears_of_what_a_bot_copies_into_a_group(bot: Hand) -> None:
    group = await found(bot)
    said = (await bot.say("Quietly"))["message_id"]
    heard = (await bot.updates())[-1]["update_id"]
    await bot.result("forwardMessage", chat_id=group, from_chat_id=ANNA, message_id=said)
    assert (await bot.updates(offset=heard + 1)) == []
    assert (await seen(bot, group))["messages"][-1]["text"] == "Quietly"
