"""What is refused of edits, copies, forwards and deletions, in Telegram's words, through both clients."""

from typing import Any

from tests.sandbox.groups import become, found, number_of, say
from tests.sandbox.hand import ANNA
from tests.sandbox.pictures import FILM, PNG, REPORT
from tests.sandbox.row import Row, Scene, check, rows
from tests.sandbox.test_albums import item

TWO_DAYS_SECONDS = 48 * 3600
NOBODY = 987654321
MEDIA_FIXED = "message media can't be edited"
IDENTIFIERS = "message identifiers must be in a strictly increasing order"


def call(method: str, **parameters: Any) -> Any:
    async def act(scene: Scene) -> Any:
        return await scene.peer.call(method, **{"chat_id": ANNA, **parameters})

    return act


def edit(method: str, **parameters: Any) -> Any:
    """Of a photo with a caption, unless `message_id` says otherwise."""

    async def act(scene: Scene) -> Any:
        sent = await scene.peer.call("send_photo", chat_id=ANNA, photo=scene.peer.file(PNG, "a.png"), caption="Old")
        return await scene.peer.call(method, **{"chat_id": ANNA, "message_id": sent.message_id, **parameters})

    return act


def edit_media(of: str, media: tuple[str, bytes] = ("photo", PNG), **more: Any) -> Any:
    """Of a message that was sent by this method."""

    async def act(scene: Scene) -> Any:
        sent = await scene.peer.call(of, chat_id=ANNA, **made(scene, more))
        return await scene.peer.call(
            "edit_message_media", chat_id=ANNA, message_id=sent.message_id, media=item(scene.peer, *media)
        )

    return act


def made(scene: Scene, parameters: dict[str, Any]) -> dict[str, Any]:
    """Bytes as the client's own files."""
    return {
        name: scene.peer.file(value, "a.bin") if isinstance(value, bytes) else value
        for name, value in parameters.items()
    }


async def edit_of_a_persons_picture(scene: Scene) -> Any:
    said = await scene.hand.say("Hello")
    media = item(scene.peer, "photo", PNG)
    return await scene.peer.call("edit_message_media", chat_id=ANNA, message_id=said["message_id"], media=media)


async def edit_caption_of_a_text(scene: Scene) -> Any:
    said = await scene.peer.call("send_message", chat_id=ANNA, text="x")
    return await scene.peer.call("edit_message_caption", chat_id=ANNA, message_id=said.message_id, caption="y")


async def album_turned(scene: Scene) -> Any:
    media = [item(scene.peer, "document", REPORT) for _ in range(2)]
    first, _ = await scene.peer.call("send_media_group", chat_id=ANNA, media=media)
    turned = item(scene.peer, "photo", PNG)
    return await scene.peer.call("edit_message_media", chat_id=ANNA, message_id=first.message_id, media=turned)


def pass_on(method: str, **parameters: Any) -> Any:
    """Words that Anna has said."""

    async def act(scene: Scene) -> Any:
        said = await scene.hand.say("Hello")
        one = {} if method.endswith("s") else {"message_id": said["message_id"]}
        return await scene.peer.call(method, **{"chat_id": ANNA, "from_chat_id": ANNA, **one, **parameters})

    return act


def pass_on_service(method: str) -> Any:
    """The note that a group was founded."""

    async def act(scene: Scene) -> Any:
        group = await found(scene.hand)
        numbers = {"message_ids": [1]} if method.endswith("s") else {"message_id": 1}
        return await scene.peer.call(method, chat_id=ANNA, from_chat_id=group, **numbers)

    return act


def pass_on_protected(method: str) -> Any:
    async def act(scene: Scene) -> Any:
        sent = await scene.peer.call("send_message", chat_id=ANNA, text="x", protect_content=True)
        numbers = {"message_ids": [sent.message_id]} if method.endswith("s") else {"message_id": sent.message_id}
        return await scene.peer.call(method, chat_id=ANNA, from_chat_id=ANNA, **numbers)

    return act


async def copy_of_an_invoice(scene: Scene) -> Any:
    price = [{"label": "Visit", "amount": 12000}]
    order = {"title": "Visit", "description": "x", "payload": "1", "currency": "EUR", "provider_token": "1:TEST:a"}
    bill = await scene.hand.result("sendInvoice", chat_id=ANNA, prices=price, **order)
    return await scene.peer.call("copy_message", chat_id=ANNA, from_chat_id=ANNA, message_id=bill["message_id"])


async def copy_from_a_group_without_the_bot(scene: Scene) -> Any:
    group = await found(scene.hand)
    said = await say(scene.hand, group, "x")
    await become(scene.hand, group, number_of(scene.hand), "kicked")
    return await scene.peer.call("copy_message", chat_id=ANNA, from_chat_id=group, message_id=said["message_id"])


async def delete_after_two_days(scene: Scene) -> Any:
    sent = await scene.peer.call("send_message", chat_id=ANNA, text="x")
    await scene.sandbox.world.clock.move(TWO_DAYS_SECONDS + 1)
    return await scene.peer.call("delete_message", chat_id=ANNA, message_id=sent.message_id)


ROWS = (
    Row(400, "there is no text in the message to edit", edit("edit_message_text", text="x")),
    Row(400, "there is no caption in the message to edit", edit_caption_of_a_text),
    Row(400, "message to edit not found", edit("edit_message_caption", message_id=999, caption="x")),
    Row(400, "message caption is too long", edit("edit_message_caption", caption="x" * 1025), "long edit"),
    Row(400, MEDIA_FIXED, edit_media("send_voice", voice=b"OggS"), "voice"),
    Row(400, MEDIA_FIXED, edit_media("send_location", latitude=1, longitude=1), "location"),
    Row(400, MEDIA_FIXED, edit_of_a_persons_picture, "not the bot's"),
    Row(400, "file must be non-empty", edit_media("send_photo", ("video", b""), photo=PNG), "empty edit"),
    Row(400, "IMAGE_PROCESS_FAILED", edit_media("send_photo", ("photo", FILM), photo=PNG), "edit to no picture"),
    Row(400, "can't change media type in the album", album_turned),
    Row(400, "message to copy not found", pass_on("copy_message", message_id=999)),
    Row(400, "message to forward not found", pass_on("forward_message", message_id=999)),
    Row(400, "chat not found", pass_on("copy_message", from_chat_id=NOBODY), "copy from nobody"),
    Row(400, "chat not found", pass_on("forward_messages", chat_id=NOBODY, message_ids=[1]), "forward to nobody"),
    Row(403, "bot was kicked from the supergroup chat", copy_from_a_group_without_the_bot),
    Row(400, "the message can't be copied", pass_on_service("copy_message")),
    Row(400, "the message can't be copied", copy_of_an_invoice, "invoice"),
    Row(400, "the message can't be forwarded", pass_on_service("forward_message")),
    Row(400, "the message can't be forwarded", pass_on_protected("forward_message"), "protected"),
    Row(400, "messages can't be forwarded", pass_on_service("copy_messages"), "copies of services"),
    Row(400, "messages can't be forwarded", pass_on_protected("forward_messages")),
    Row(400, "there are no messages to forward", pass_on("copy_messages", message_ids=[998, 999])),
    Row(400, IDENTIFIERS, pass_on("forward_messages", message_ids=[2, 1])),
    Row(400, IDENTIFIERS, pass_on("copy_messages", message_ids=[2, 2]), "one message twice"),
    Row(400, "message identifiers are not specified", pass_on("copy_messages", message_ids=[])),
    Row(400, "too many message identifiers specified", pass_on("copy_messages", message_ids=list(range(1, 102)))),
    Row(400, "invalid message identifier specified", pass_on("forward_messages", message_ids=[0, 1])),
    Row(400, "too many message identifiers specified", call("delete_messages", message_ids=[1] * 101), "deletes"),
    Row(400, "message to delete not found", call("delete_message", message_id=999)),
    Row(400, "message can't be deleted for everyone", delete_after_two_days),
)


@rows(*ROWS)
async def test_row(scene: Scene, row: Row) -> None:
    await check(row, scene)
