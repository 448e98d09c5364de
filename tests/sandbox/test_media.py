"""Pictures, films, sounds, places and cards that a bot sends, through two clients."""

import json
from typing import Any

import pytest

from tests.sandbox.groups import found_forum, last, open_topic
from tests.sandbox.hand import ANNA, Hand
from tests.sandbox.peers import Peer
from tests.sandbox.pictures import FILM, PNG, REPORT, SONG, SPEECH, form, photo_id, png, posted

CONTENTS = {
    "photo": PNG,
    "document": REPORT,
    "video": FILM,
    "animation": FILM,
    "audio": SONG,
    "voice": SPEECH,
}
SAID: dict[str, dict[str, Any]] = {
    "video": {"duration": 7, "width": 320, "height": 240},
    "animation": {"duration": 2, "width": 64, "height": 64},
    "audio": {"duration": 180, "performer": "Dr Neri", "title": "Breathe"},
    "voice": {"duration": 3},
}


def held(message: Any, kind: str) -> Any:
    file = getattr(message, kind)
    return file[-1] if kind == "photo" else file


def seconds(value: Any) -> float:
    """One of the clients reads durations as spans of time."""
    return float(value.total_seconds() if hasattr(value, "total_seconds") else value)


@pytest.mark.parametrize("kind", CONTENTS)
async def test_a_file_of_each_kind_is_sent_fetched_and_sent_again(
    bot: Hand, peer: Peer, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    sent = await peer.call(
        f"send_{kind}",
        chat_id=ANNA,
        **{kind: peer.file(CONTENTS[kind], "a.bin")},
        **SAID.get(kind, {}),
        caption="See <b>this</b>",
        parse_mode="HTML",
        reply_markup=peer.keyboard([[("Seen", "seen")]]),
    )
    file = held(sent, kind)
    assert (sent.caption, sent.caption_entities[0].type) == ("See this", "bold")
    assert sent.reply_markup.inline_keyboard[0][0].callback_data == "seen"
    for name, said in SAID.get(kind, {}).items():
        shown = getattr(file, name)
        assert (seconds(shown) if name == "duration" else shown) == said
    assert await peer.download(file.file_id) == CONTENTS[kind]
    again = await peer.call(f"send_{kind}", chat_id=ANNA, **{kind: file.file_id})
    assert held(again, kind) == file
    assert again.caption is None
    assert (await bot.messages())[-1]["kind"] == kind


@pytest.mark.parametrize("kind", CONTENTS)
async def test_the_bare_answer_is_what_aiogram_expects(bot: Hand, kind: str) -> None:
    method = f"send{kind.capitalize()}"
    sent = await posted(bot, method, {kind: CONTENTS[kind]}, chat_id=ANNA)
    file = sent[kind][-1] if kind == "photo" else sent[kind]
    assert await bot.result(method, chat_id=ANNA, **{kind: file["file_id"]}) is not None
    assert await bot.result("getFile", file_id=file["file_id"])


@pytest.mark.parametrize(
    ("kind", "folder"),
    [
        ("photo", "photos"),
        ("document", "documents"),
        ("video", "videos"),
        ("animation", "animations"),
        ("audio", "music"),
        ("voice", "voice"),
    ],
)
async def test_each_kind_lies_in_its_folder(bot: Hand, kind: str, folder: str) -> None:
    sent = await posted(bot, f"send{kind.capitalize()}", {kind: CONTENTS[kind]}, chat_id=ANNA)
    file = sent[kind][-1] if kind == "photo" else sent[kind]
    found = await bot.result("getFile", file_id=file["file_id"])
    assert found["file_path"].startswith(f"{folder}/file_")


@pytest.mark.parametrize(
    ("kind", "mime"),
    [("video", "video/mp4"), ("animation", "video/mp4"), ("audio", "audio/mpeg"), ("voice", "audio/ogg")],
)
async def test_what_is_played_has_a_type_to_play(bot: Hand, kind: str, mime: str) -> None:
    sent = await posted(bot, f"send{kind.capitalize()}", {kind: CONTENTS[kind]}, chat_id=ANNA)
    assert sent[kind]["mime_type"] == mime


async def test_a_photo_is_attached_under_another_name(bot: Hand) -> None:
    sent = await posted(bot, "sendPhoto", {"part": PNG}, chat_id=ANNA, photo="attach://part")
    assert (sent["photo"][-1]["width"], sent["photo"][-1]["height"]) == (640, 480)


@pytest.mark.parametrize("kind", ["photo", "video", "animation"])
async def test_spoilers_and_captions_above_are_shown_to_the_bot_and_to_people(bot: Hand, peer: Peer, kind: str) -> None:
    sent = await peer.call(
        f"send_{kind}",
        chat_id=ANNA,
        **{kind: peer.file(CONTENTS[kind], "a.bin")},
        caption="Look",
        has_spoiler=True,
        show_caption_above_media=True,
    )
    assert (sent.has_media_spoiler, sent.show_caption_above_media) == (True, True)
    content = (await bot.messages())[-1]["content"]
    assert (content["has_media_spoiler"], content["show_caption_above_media"]) == (True, True)


@pytest.mark.parametrize("kind", ["document", "video", "audio"])
async def test_a_thumbnail_is_kept_and_fetched(bot: Hand, peer: Peer, kind: str) -> None:
    sent = await peer.call(
        f"send_{kind}",
        chat_id=ANNA,
        **{kind: peer.file(CONTENTS[kind], "a.bin")},
        thumbnail=peer.file(png(90, 60), "small.png"),
    )
    thumbnail = held(sent, kind).thumbnail
    assert (thumbnail.width, thumbnail.height) == (90, 60)
    assert await peer.download(thumbnail.file_id) == png(90, 60)


@pytest.mark.parametrize("useless", [b"", REPORT, png() + bytes(204_800)], ids=["empty", "no picture", "too large"])
async def test_a_useless_thumbnail_is_left_out(bot: Hand, useless: bytes) -> None:
    sent = await posted(bot, "sendVideo", {"video": FILM, "thumbnail": useless}, chat_id=ANNA)
    assert "thumbnail" not in sent["video"]


async def test_numbers_beyond_telegrams_bounds_are_drawn_to_them(bot: Hand) -> None:
    sent = await posted(bot, "sendVideo", {"video": FILM}, chat_id=ANNA, duration=-5, width=10**9, height="tall")
    assert (sent["video"]["duration"], sent["video"]["width"], sent["video"]["height"]) == (0, 10_000, 0)


async def test_a_file_stays_what_it_is_under_another_method(bot: Hand) -> None:
    film = (await posted(bot, "sendVideo", {"video": FILM}, chat_id=ANNA))["video"]["file_id"]
    again = await bot.result("sendDocument", chat_id=ANNA, document=film)
    assert again["video"]["file_id"] == film
    assert "document" not in again


async def test_a_photo_of_ten_megabytes_passes(bot: Hand) -> None:
    most = PNG + bytes(10 * 2**20 - len(PNG))
    sent = await posted(bot, "sendPhoto", {"photo": most}, chat_id=ANNA)
    assert sent["photo"][-1]["file_size"] == 10 * 2**20


@pytest.mark.parametrize("sides", [(500, 9500), (20, 400), (400, 20)])
async def test_photos_at_the_edge_of_what_telegram_takes(bot: Hand, sides: tuple[int, int]) -> None:
    sent = await posted(bot, "sendPhoto", {"photo": png(*sides)}, chat_id=ANNA)
    assert (sent["photo"][-1]["width"], sent["photo"][-1]["height"]) == sides


@pytest.mark.parametrize("sides", [(501, 9500), (20, 401), (0, 100)])
async def test_photos_over_the_edge(bot: Hand, sides: tuple[int, int]) -> None:
    envelope = await form(bot, "sendPhoto", {"photo": png(*sides)}, chat_id=ANNA)
    assert (envelope["error_code"], envelope["description"]) == (400, "Bad Request: PHOTO_INVALID_DIMENSIONS")


async def test_a_location_is_sent_and_seen(bot: Hand, peer: Peer) -> None:
    sent = await peer.call("send_location", chat_id=ANNA, latitude=52.2297, longitude=21.0122, horizontal_accuracy=30.5)
    assert (sent.location.latitude, sent.location.longitude) == (52.2297, 21.0122)
    assert sent.location.horizontal_accuracy == 30.5
    seen = (await bot.messages())[-1]
    assert (seen["kind"], seen["content"]["location"]["latitude"]) == ("location", 52.2297)


async def test_a_location_that_moves_says_for_how_long(bot: Hand) -> None:
    sent = await bot.result(
        "sendLocation", chat_id=ANNA, latitude="45.46", longitude="9.19", live_period=60, heading=360
    )
    assert sent["location"] == {"latitude": 45.46, "longitude": 9.19, "live_period": 60, "heading": 360}


async def test_the_poles_are_places_and_numbers_are_read_from_their_front(bot: Hand) -> None:
    sent = await bot.result("sendLocation", chat_id=ANNA, latitude="-90deg", longitude="east")
    assert sent["location"] == {"latitude": -90.0, "longitude": 0.0}


async def test_a_contact_is_sent_and_seen(bot: Hand, peer: Peer) -> None:
    sent = await peer.call(
        "send_contact", chat_id=ANNA, phone_number="+39 02 1234", first_name="Front", last_name="Desk"
    )
    assert (sent.contact.phone_number, sent.contact.first_name, sent.contact.last_name) == (
        "+39 02 1234",
        "Front",
        "Desk",
    )
    assert (await bot.messages())[-1]["content"]["contact"]["first_name"] == "Front"
    bare = await bot.result("sendContact", chat_id=ANNA, phone_number="112", first_name="Help", vcard="BEGIN:VCARD")
    assert bare["contact"] == {"phone_number": "112", "first_name": "Help", "vcard": "BEGIN:VCARD"}


async def test_media_stand_in_the_topic_they_are_sent_to(bot: Hand) -> None:
    group = await found_forum(bot)
    thread = await open_topic(bot, group)
    photo = await photo_id(bot)
    for method, parameters in (
        ("sendPhoto", {"photo": photo}),
        ("sendLocation", {"latitude": 1, "longitude": 2}),
        ("sendContact", {"phone_number": "112", "first_name": "Help"}),
    ):
        sent = await bot.result(method, chat_id=group, message_thread_id=thread, **parameters)
        assert (sent["message_thread_id"], sent["is_topic_message"]) == (thread, True)
        assert (await last(bot, group))["thread"] == thread


async def test_a_reply_and_protection_go_with_a_photo(bot: Hand) -> None:
    asked = (await bot.say("Where are you?"))["message_id"]
    sent = await bot.result(
        "sendPhoto",
        chat_id=ANNA,
        photo=await photo_id(bot),
        reply_parameters=json.dumps({"message_id": asked}),
        protect_content=True,
    )
    assert sent["reply_to_message"]["message_id"] == asked
    assert sent["has_protected_content"] is True
