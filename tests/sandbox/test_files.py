"""Documents and photos, up and down, through two clients."""

import struct
from io import BytesIO
from typing import Any

import aiohttp
import pytest

from sandbox.app import Sandbox
from sandbox.files import UPLOAD_BYTES, FileKind, Upload
from sandbox.pictures import picture_in
from tests.sandbox.hand import ANNA, Hand
from tests.sandbox.peers import Peer, Refused

REPORT = b"%PDF-1.7\n\0\xff"
PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 640, 480) + b"\x08\x02\0\0\0"
JPEG = b"\xff\xd8\xff\xe0\0\x04\0\0\xff\xc0\0\x0b\x08" + struct.pack(">HH", 480, 640) + b"\x01\0\0\0"
GIF = b"GIF89a" + struct.pack("<HH", 640, 480)
BMP = b"BM" + bytes(16) + struct.pack("<ii", 640, -480)
WEBP_LOSSY = b"RIFF" + bytes(4) + b"WEBPVP8 " + bytes(10) + struct.pack("<HH", 640, 480)
WEBP_LOSSLESS = b"RIFF" + bytes(4) + b"WEBPVP8L" + bytes(4) + b"/" + struct.pack("<I", 639 | 479 << 14)
WEBP_EXTENDED = b"RIFF" + bytes(4) + b"WEBPVP8X" + bytes(8) + struct.pack("<HBHB", 639, 0, 479, 0)
DOWNLOAD_BYTES = 20 * 2**20
TOO_LARGE = b"x" * (UPLOAD_BYTES + 1)
BOT = 123456789


async def upload(hand: Hand, content: bytes, name: str, **fields: str) -> tuple[int, Any]:
    form = aiohttp.FormData({"person": str(ANNA), **fields}, quote_fields=False)
    form.add_field("file", BytesIO(content), filename=name, content_type="application/octet-stream")
    async with hand.session.post(f"{hand.url}/sim/send", data=form) as response:
        return response.status, await response.json()


async def heard(peer: Peer) -> Any:
    return (await peer.call("get_updates"))[-1].message


async def saved(hand: Hand, file_id: str) -> tuple[bytes, str, str | None]:
    """What a browser would keep, its type, and its name if it is to be saved."""
    async with hand.session.get(f"{hand.url}/sim/files/{file_id}") as response:
        disposition = response.content_disposition
        return await response.read(), response.content_type, disposition.filename if disposition else None


async def test_a_document_goes_up_and_the_bot_fetches_it(bot: Hand, peer: Peer) -> None:
    status, said = await upload(bot, REPORT, "../Wyniki środa.PDF", caption=" My /report ")
    assert status == 200
    message = await heard(peer)
    assert (message.message_id, message.caption, message.text) == (said["message_id"], "My /report", None)
    assert [entity.type for entity in message.caption_entities] == ["bot_command"]
    document = message.document
    assert (document.file_name, document.mime_type, document.file_size) == (
        "Wyniki środa.PDF",
        "application/pdf",
        len(REPORT),
    )
    assert await peer.download(document.file_id) == REPORT
    found = await peer.call("get_file", file_id=document.file_id)
    assert (found.file_unique_id, found.file_size) == (document.file_unique_id, len(REPORT))


async def test_the_photo_that_the_sandbox_sends_for_a_person_can_be_fetched(bot: Hand, peer: Peer) -> None:
    await bot.sim("say", {"person": ANNA, "kind": "photo"})
    photo = (await heard(peer)).photo[-1]
    content = await peer.download(photo.file_id)
    assert picture_in(content) == (photo.width, photo.height, "image/png")
    assert len(content) == photo.file_size


async def test_the_same_bytes_are_the_same_file_under_another_identifier(bot: Hand) -> None:
    await upload(bot, REPORT, "one.pdf")
    await upload(bot, REPORT, "two.pdf")
    one, two = [message["content"]["document"] for message in (await bot.messages())[-2:]]
    assert one["file_unique_id"] == two["file_unique_id"]
    assert one["file_id"] != two["file_id"]


@pytest.mark.parametrize(
    ("picture", "kind"),
    [
        (PNG, "image/png"),
        (JPEG, "image/jpeg"),
        (GIF, "image/gif"),
        (BMP, "image/bmp"),
        (WEBP_LOSSY, "image/webp"),
        (WEBP_LOSSLESS, "image/webp"),
        (WEBP_EXTENDED, "image/webp"),
    ],
    ids=["png", "jpeg", "gif", "bmp", "lossy webp", "lossless webp", "extended webp"],
)
async def test_a_photo_knows_its_size(bot: Hand, peer: Peer, picture: bytes, kind: str) -> None:
    assert (await upload(bot, picture, "me.jpg", kind="photo"))[0] == 200
    photo = (await heard(peer)).photo[-1]
    assert (photo.width, photo.height, photo.file_size) == (640, 480, len(picture))
    assert await peer.download(photo.file_id) == picture
    assert await saved(bot, photo.file_id) == (picture, kind, None)


@pytest.mark.parametrize(
    ("content", "fields", "told"),
    [
        (b"", {}, "That file is empty."),
        (REPORT, {"kind": "photo"}, "A photo must be a picture: send it as a document."),
        (b"\xff\xd8\xff", {"kind": "photo"}, "A photo must be a picture: send it as a document."),
        (REPORT, {"kind": "film"}, "kind must be one of document, photo, video, voice, audio."),
        (REPORT, {"caption": "x" * 1025}, "Telegram lets a person write 1024 characters at once."),
        (TOO_LARGE, {}, "That is too large for the sandbox: 50 MB at most."),
    ],
    ids=["empty", "no picture", "half a picture", "no kind", "long caption", "too large"],
)
async def test_what_a_person_cannot_send(bot: Hand, content: bytes, fields: dict[str, str], told: str) -> None:
    assert await upload(bot, content, "file", **fields) == (400, {"error": told})


async def test_without_a_file_there_is_nothing_to_send(bot: Hand) -> None:
    answer = await bot.ask("send", {"person": ANNA})
    assert (answer.status, answer.json) == (400, {"error": "file must be a file."})


async def test_the_bot_sends_a_document_and_the_page_saves_it(bot: Hand, peer: Peer) -> None:
    sent = await peer.call(
        "send_document",
        chat_id=ANNA,
        document=peer.file(REPORT, "Wyniki środa.pdf"),
        caption="Your <b>report</b>",
        parse_mode="HTML",
        protect_content=True,
        reply_markup=peer.keyboard([[("Thanks", "thanks")]]),
    )
    assert (sent.document.file_name, sent.document.mime_type) == ("Wyniki środa.pdf", "application/pdf")
    assert (sent.caption, sent.has_protected_content) == ("Your report", True)
    seen = (await bot.messages())[-1]
    assert (seen["kind"], seen["text"], seen["protected"]) == ("document", "Your report", True)
    assert seen["entities"][0]["type"] == "bold"
    assert seen["inline_keyboard"] == [[{"text": "Thanks", "callback_data": "thanks"}]]
    assert await saved(bot, sent.document.file_id) == (REPORT, "application/pdf", "Wyniki środa.pdf")


async def test_a_document_is_sent_again_by_its_identifier(bot: Hand, peer: Peer) -> None:
    first = await peer.call("send_document", chat_id=ANNA, document=peer.file(REPORT, "a.pdf"))
    again = await peer.call("send_document", chat_id=ANNA, document=first.document.file_id)
    assert again.document.file_id == first.document.file_id
    assert again.message_id == first.message_id + 1


async def test_a_caption_is_changed(bot: Hand, peer: Peer) -> None:
    sent = await peer.call("send_document", chat_id=ANNA, document=peer.file(REPORT, "a.pdf"), caption="Old")
    edit = {"chat_id": ANNA, "message_id": sent.message_id}
    changed = await peer.call("edit_message_caption", **edit, caption="New")
    assert (changed.caption, changed.document.file_id) == ("New", sent.document.file_id)
    for method, words, told in (
        ("edit_message_caption", {"caption": "New"}, "message is not modified"),
        ("edit_message_text", {"text": "New"}, "there is no text in the message to edit"),
    ):
        with pytest.raises(Refused) as refusal:
            await peer.call(method, **edit, **words)
        assert refusal.value.text.startswith(told)
    said = await peer.call("send_message", chat_id=ANNA, text="words")
    with pytest.raises(Refused) as refusal:
        await peer.call("edit_message_caption", chat_id=ANNA, message_id=said.message_id, caption="New")
    assert refusal.value.text == "there is no caption in the message to edit"


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ({}, "Bad Request: there is no document in the request"),
        ({"document": "BQACAgInever"}, "Bad Request: wrong file identifier/HTTP URL specified"),
        ({"document": "attach://nowhere"}, "Bad Request: there is no document in the request"),
        (
            {"document": "https://clinic.pl/a.pdf"},
            "Not Implemented: sendDocument by an address is not in the sandbox yet",
        ),
        ({"document": "x", "caption": "x" * 1025}, "Bad Request: message caption is too long"),
        ({"document": "x", "chat_id": 5}, "Bad Request: chat not found"),
    ],
)
async def test_documents_that_are_refused(bot: Hand, parameters: dict[str, Any], told: str) -> None:
    assert await bot.refusal("sendDocument", **{"chat_id": ANNA, **parameters}) == told


async def test_an_empty_document_is_refused(bot: Hand, peer: Peer) -> None:
    with pytest.raises(Refused) as refusal:
        await peer.call("send_document", chat_id=ANNA, document=peer.file(b"", "empty.pdf"))
    assert refusal.value.text == "file must be non-empty"


async def test_a_photo_is_no_document(bot: Hand) -> None:
    await upload(bot, PNG, "me.png", kind="photo")
    photo = (await bot.messages())[-1]["content"]["photo"][0]["file_id"]
    told = await bot.refusal("sendDocument", chat_id=ANNA, document=photo)
    assert told == "Bad Request: can't use file of type Photo as Document"


async def test_more_than_fifty_megabytes_are_too_much(bot: Hand) -> None:
    form = aiohttp.FormData({"chat_id": str(ANNA)})
    form.add_field("document", BytesIO(TOO_LARGE), filename="big.zip")
    async with bot.session.post(f"{bot.url}/bot{bot.token}/sendDocument", data=form) as response:
        assert response.status == 413
        assert (await response.json())["description"] == "Request Entity Too Large"


async def test_a_bot_fetches_twenty_megabytes_and_no_more(bot: Hand, sandbox: Sandbox) -> None:
    shelf = sandbox.world.files
    most = shelf.put(Upload("most.zip", "", b"x" * DOWNLOAD_BYTES), FileKind.DOCUMENT)
    more = shelf.put(Upload("more.zip", "", b"x" * (DOWNLOAD_BYTES + 1)), FileKind.DOCUMENT)
    assert (await bot.result("getFile", file_id=most.id_for(BOT)))["file_size"] == DOWNLOAD_BYTES
    assert await bot.refusal("getFile", file_id=more.id_for(BOT)) == "Bad Request: file is too big"
    assert await fetched(bot, bot.token, more.path) == (404, "Not Found")


async def test_files_that_do_not_exist(bot: Hand) -> None:
    assert await bot.refusal("getFile") == "Bad Request: file_id not specified"
    assert await bot.refusal("getFile", file_id="BQACAgInever") == "Bad Request: invalid file_id"
    assert await fetched(bot, bot.token, "documents/file_0.pdf") == (404, "Not Found")
    assert await fetched(bot, "123456789:" + "x" * 35, "documents/file_0.pdf") == (401, "Unauthorized")
    answer = await bot.ask("files/BQACAgInever")
    assert (answer.status, answer.json) == (404, {"error": "There is no such file."})


async def test_a_file_of_one_bot_is_nothing_to_another(bot: Hand) -> None:
    await upload(bot, REPORT, "a.pdf")
    file_id = (await bot.messages())[-1]["content"]["document"]["file_id"]
    other = await bot.bot("getFile", token="987654321:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0", file_id=file_id)
    assert other.json["description"] == "Bad Request: invalid file_id"


async def test_the_log_names_a_file_and_does_not_keep_it(bot: Hand, peer: Peer) -> None:
    await peer.call("send_document", chat_id=ANNA, document=peer.file(REPORT, "a.pdf"))
    (call,) = (await bot.sim("log", method="sendDocument"))["calls"]
    assert f"a.pdf ({len(REPORT)} bytes)" in call["params"].values()


async def test_files_in_the_chat_as_plain_text(bot: Hand) -> None:
    await upload(bot, REPORT, "a.pdf", caption="Look")
    await upload(bot, PNG, "me.png", kind="photo")
    async with bot.session.get(f"{bot.url}/sim/chat.txt", params={"person": ANNA}) as response:
        assert (await response.text()).endswith("Anna: (a.pdf) Look\n\nAnna: (photo)\n")


async def fetched(hand: Hand, token: str, path: str) -> tuple[int, str]:
    async with hand.session.get(f"{hand.url}/file/bot{token}/{path}") as response:
        return response.status, (await response.json())["description"]
