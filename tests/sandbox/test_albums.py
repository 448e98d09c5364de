"""Several files at once, through two clients and on the bare wire."""

import json
from typing import Any

import aiogram
import pytest
import telegram

from tests.sandbox.groups import found_forum, open_topic, seen
from tests.sandbox.hand import ANNA, Hand
from tests.sandbox.peers import AiogramPeer, Peer
from tests.sandbox.pictures import FILM, PNG, REPORT, SONG, document_id, photo_id, png, posted

CONTENTS = {"photo": PNG, "video": FILM, "document": REPORT, "audio": SONG}


def item(peer: Peer, kind: str, content: bytes, **more: Any) -> Any:
    """One of the client's own InputMedia, to be uploaded."""
    name = f"InputMedia{kind.capitalize()}"
    if isinstance(peer, AiogramPeer):
        return getattr(aiogram.types, name)(media=peer.file(content, "a.bin"), **more)
    return getattr(telegram, name)(media=content, filename="a.bin", **more)


def described(kind: str, media: str, **more: Any) -> dict[str, Any]:
    return {"type": kind, "media": media, **more}


@pytest.mark.parametrize("kinds", [("photo", "video", "photo"), ("document", "document"), ("audio", "audio")])
async def test_an_album_is_sent_by_both_clients(bot: Hand, peer: Peer, kinds: tuple[str, ...]) -> None:
    media = [item(peer, kind, CONTENTS[kind]) for kind in kinds]
    media[0] = item(peer, kinds[0], CONTENTS[kinds[0]], caption="All <i>three</i>", parse_mode="HTML")
    sent = await peer.call("send_media_group", chat_id=ANNA, media=media)
    assert len({message.media_group_id for message in sent}) == 1
    assert sent[0].media_group_id
    assert [message.caption for message in sent] == [sent[0].caption, *[None] * (len(kinds) - 1)]
    assert sent[0].caption_entities[0].type == "italic"
    for message, kind in zip(sent, kinds, strict=True):
        file = getattr(message, kind)
        file_id = (file[-1] if kind == "photo" else file).file_id
        assert await peer.download(file_id) == CONTENTS[kind]
    shown = (await bot.messages())[-len(kinds) :]
    assert [message["kind"] for message in shown] == list(kinds)
    assert {message["album"] for message in shown} == {sent[0].media_group_id}


async def test_uploads_and_known_files_mix_in_one_album(bot: Hand) -> None:
    known = await photo_id(bot)
    media = [
        described("photo", known, has_spoiler=True),
        described("video", "attach://film", duration=9, thumbnail="attach://cover"),
    ]
    sent = await posted(
        bot, "sendMediaGroup", {"film": FILM, "cover": png(9, 9)}, chat_id=ANNA, media=json.dumps(media)
    )
    assert sent[0]["photo"][-1]["file_id"] == known
    assert sent[0]["has_media_spoiler"] is True
    assert (sent[1]["video"]["duration"], sent[1]["video"]["thumbnail"]["width"]) == (9, 9)


async def test_every_message_of_an_album_replies_is_protected_and_stands_in_its_topic(bot: Hand) -> None:
    group = await found_forum(bot)
    thread = await open_topic(bot, group)
    asked = await bot.result("sendMessage", chat_id=group, message_thread_id=thread, text="Pictures?")
    photo = await photo_id(bot)
    sent = await bot.result(
        "sendMediaGroup",
        chat_id=group,
        message_thread_id=thread,
        media=[described("photo", photo)] * 2,
        reply_parameters={"message_id": asked["message_id"]},
        protect_content=True,
    )
    assert [message["reply_to_message"]["message_id"] for message in sent] == [asked["message_id"]] * 2
    assert [message["has_protected_content"] for message in sent] == [True, True]
    assert {message["message_thread_id"] for message in sent} == {thread}


async def test_ten_pictures_are_an_album_and_one_is_none(bot: Hand) -> None:
    photo = described("photo", await photo_id(bot))
    ten = await bot.result("sendMediaGroup", chat_id=ANNA, media=[photo] * 10)
    assert [message["message_id"] for message in ten] == list(range(ten[0]["message_id"], ten[0]["message_id"] + 10))
    (one,) = await bot.result("sendMediaGroup", chat_id=ANNA, media=[photo])
    assert "media_group_id" not in one


async def test_two_albums_are_two(bot: Hand) -> None:
    media = [described("document", await document_id(bot))] * 2
    first = await bot.result("sendMediaGroup", chat_id=ANNA, media=media)
    second = await bot.result("sendMediaGroup", chat_id=ANNA, media=media)
    assert first[0]["media_group_id"] != second[0]["media_group_id"]


async def test_an_album_with_one_bad_file_leaves_nothing_behind(bot: Hand) -> None:
    before = await bot.messages()
    media = [described("photo", await photo_id(bot)), described("photo", "never-seen")]
    told = await bot.refusal("sendMediaGroup", chat_id=ANNA, media=media)
    assert told == "Bad Request: wrong file identifier/HTTP URL specified"
    assert len(await bot.messages()) == len(before) + 1


async def test_an_album_that_may_not_be_sent_whole_is_not_sent_at_all(bot: Hand) -> None:
    group = await found_forum(bot, status="restricted", rights={"can_send_messages": True, "can_send_photos": True})
    film = (await posted(bot, "sendVideo", {"video": FILM}, chat_id=ANNA))["video"]["file_id"]
    media = [described("photo", await photo_id(bot)), described("video", film)]
    before = len((await seen(bot, group))["messages"])
    told = await bot.refusal("sendMediaGroup", chat_id=group, media=media)
    assert told == "Bad Request: not enough rights to send videos to the chat"
    assert len((await seen(bot, group))["messages"]) == before
