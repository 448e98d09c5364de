"""Pictures, films and their words, changed after they were sent."""

import json
from typing import Any

import pytest

from sandbox.app import Sandbox
from tests.sandbox.hand import ANNA, Hand
from tests.sandbox.peers import Peer
from tests.sandbox.pictures import FILM, PNG, REPORT, SONG, document_id, photo_id, png, posted
from tests.sandbox.test_albums import item

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
KEYBOARD = {"inline_keyboard": [[{"text": "Yes", "callback_data": "yes"}]]}
CONTENTS = {"photo": PNG, "document": REPORT, "video": FILM, "audio": SONG, "animation": FILM}


@pytest.mark.parametrize("kind", CONTENTS)
async def test_a_photo_becomes_something_else(bot: Hand, peer: Peer, kind: str) -> None:
    sent = await peer.call("send_photo", chat_id=ANNA, photo=peer.file(png(10, 10), "a.png"), caption="Old")
    media = item(peer, kind, CONTENTS[kind], caption="<b>New</b>", parse_mode="HTML")
    keyboard = peer.keyboard([[("Seen", "seen")]])
    edit = {"chat_id": ANNA, "message_id": sent.message_id, "media": media, "reply_markup": keyboard}
    edited = await peer.call("edit_message_media", **edit)
    file = getattr(edited, kind)
    assert await peer.download((file[-1] if kind == "photo" else file).file_id) == CONTENTS[kind]
    assert (edited.caption, edited.reply_markup.inline_keyboard[0][0].text) == ("New", "Seen")
    assert edited.edit_date is not None
    shown = (await bot.messages())[-1]
    assert (shown["message_id"], shown["kind"], shown["text"], shown["edited"]) == (sent.message_id, kind, "New", True)


async def test_a_text_becomes_a_picture(bot: Hand) -> None:
    said = await bot.result("sendMessage", chat_id=ANNA, text="Wait", reply_markup=KEYBOARD)
    media = {"type": "photo", "media": await photo_id(bot)}
    edited = await bot.result("editMessageMedia", chat_id=ANNA, message_id=said["message_id"], media=media)
    assert edited["photo"]
    assert not {"text", "caption", "reply_markup"} & set(edited)


async def test_the_same_file_with_the_same_words_is_no_edit(bot: Hand) -> None:
    photo = await photo_id(bot)
    sent = await bot.result("sendPhoto", chat_id=ANNA, photo=photo, caption="Same")
    edit: dict[str, Any] = {"chat_id": ANNA, "message_id": sent["message_id"]}
    same = {"type": "photo", "media": photo, "caption": "Same"}
    assert await bot.refusal("editMessageMedia", **edit, media=same) == NOT_MODIFIED
    covered = await bot.result("editMessageMedia", **edit, media={**same, "has_spoiler": True})
    assert covered["has_media_spoiler"] is True
    assert await bot.refusal("editMessageMedia", **edit, media={**same, "has_spoiler": True}) == NOT_MODIFIED


async def test_new_bytes_come_attached(bot: Hand) -> None:
    sent = await bot.result("sendPhoto", chat_id=ANNA, photo=await photo_id(bot))
    edited = await posted(
        bot,
        "editMessageMedia",
        {"fresh": png(30, 20)},
        chat_id=ANNA,
        message_id=sent["message_id"],
        media=json.dumps({"type": "photo", "media": "attach://fresh"}),
    )
    assert edited["photo"][-1]["width"] == 30


async def test_an_album_stays_of_its_kind(bot: Hand) -> None:
    photo = await photo_id(bot)
    album = await bot.result("sendMediaGroup", chat_id=ANNA, media=[{"type": "photo", "media": photo}] * 2)
    edit: dict[str, Any] = {"chat_id": ANNA, "message_id": album[0]["message_id"]}
    document = {"type": "document", "media": await document_id(bot)}
    told = await bot.refusal("editMessageMedia", **edit, media=document)
    assert told == "Bad Request: can't change media type in the album"
    film = (await posted(bot, "sendVideo", {"video": FILM}, chat_id=ANNA))["video"]["file_id"]
    edited = await bot.result("editMessageMedia", **edit, media={"type": "video", "media": film})
    assert edited["media_group_id"] == album[0]["media_group_id"]
    assert edited["video"]["file_id"] == film


async def test_a_caption_moves_above_and_below(bot: Hand, peer: Peer) -> None:
    sent = await peer.call("send_photo", chat_id=ANNA, photo=peer.file(PNG, "a.png"), caption="Words")
    edit = {"chat_id": ANNA, "message_id": sent.message_id, "caption": "Words"}
    above = await peer.call("edit_message_caption", **edit, show_caption_above_media=True)
    assert above.show_caption_above_media is True
    below = await peer.call("edit_message_caption", **edit)
    assert not below.show_caption_above_media
    assert await bot.refusal("editMessageCaption", **edit) == NOT_MODIFIED


async def test_a_caption_is_taken_away(bot: Hand) -> None:
    sent = await bot.result("sendPhoto", chat_id=ANNA, photo=await photo_id(bot), caption="Words")
    edited = await bot.result("editMessageCaption", chat_id=ANNA, message_id=sent["message_id"])
    assert "caption" not in edited


@pytest.mark.parametrize("method", ["editMessageCaption", "editMessageReplyMarkup"])
async def test_other_edits_keep_the_picture(bot: Hand, method: str) -> None:
    sent = await bot.result("sendPhoto", chat_id=ANNA, photo=await photo_id(bot), has_spoiler=True)
    edit: dict[str, Any] = {"chat_id": ANNA, "message_id": sent["message_id"], "reply_markup": KEYBOARD}
    edited = await bot.result(method, **edit)
    assert (edited["photo"], edited["has_media_spoiler"]) == (sent["photo"], True)
    assert edited["reply_markup"] == KEYBOARD


async def test_a_bare_picture_can_be_changed_for_two_days_and_with_buttons_for_ever(
    bot: Hand, sandbox: Sandbox
) -> None:
    photo = await photo_id(bot)
    bare = await bot.result("sendPhoto", chat_id=ANNA, photo=photo)
    kept = await bot.result("sendPhoto", chat_id=ANNA, photo=photo, reply_markup=KEYBOARD)
    await sandbox.world.clock.move(48 * 3600 + 1)
    media = {"type": "photo", "media": photo, "caption": "Late"}
    told = await bot.refusal("editMessageMedia", chat_id=ANNA, message_id=bare["message_id"], media=media)
    assert told == "Bad Request: message media can't be edited"
    edited = await bot.result("editMessageMedia", chat_id=ANNA, message_id=kept["message_id"], media=media)
    assert edited["caption"] == "Late"
