"""What a restricted bot may send into a group: each kind has its permission, and Telegram its words for it."""

from typing import Any

import pytest

from sandbox.app import Sandbox
from sandbox.chats.members import PERMISSIONS
from sandbox.files import FileKind, Upload
from tests.sandbox.groups import become, found, number_of
from tests.sandbox.hand import ANNA, Hand
from tests.sandbox.payer import INVOICE

SIZE = {"width": 640, "height": 480}
FILES: dict[str, dict[str, int]] = {
    "photo": SIZE,
    "document": {},
    "video": {**SIZE, "duration": 1},
    "animation": {**SIZE, "duration": 1},
    "audio": {"duration": 1},
    "voice": {"duration": 1},
}
WORDS: dict[str, dict[str, Any]] = {
    "message": {"text": "x"},
    "contact": {"phone_number": "+39333", "first_name": "Anna"},
    "location": {"latitude": 1.5, "longitude": 2.5},
    "invoice": INVOICE,
}


async def sending(hand: Hand, sandbox: Sandbox, kind: str) -> tuple[str, dict[str, Any]]:
    """The method, and its parameters but for the chat."""
    if kind == "sticker":
        said = await hand.sim("say", {"person": ANNA, "kind": kind})
        return "copyMessage", {"from_chat_id": ANNA, "message_id": said["message_id"]}
    method = f"send{kind.capitalize()}"
    if kind in WORDS:
        return method, WORDS[kind]
    stored = sandbox.world.files.put(Upload("x", "", b"x"), FileKind(kind), FILES[kind])
    return method, {kind: stored.id_for(number_of(hand))}


@pytest.mark.parametrize(
    ("kind", "permission", "called"),
    [
        ("message", "can_send_messages", "text messages"),
        ("contact", "can_send_messages", "contacts"),
        ("location", "can_send_messages", "locations"),
        ("invoice", "can_send_messages", "invoice messages"),
        ("photo", "can_send_photos", "photos"),
        ("document", "can_send_documents", "documents"),
        ("video", "can_send_videos", "videos"),
        ("animation", "can_send_other_messages", "animations"),
        ("audio", "can_send_audios", "music"),
        ("voice", "can_send_voice_notes", "voice notes"),
        ("sticker", "can_send_other_messages", "stickers"),
    ],
)
async def test_each_kind_needs_its_permission_and_no_other(
    bot: Hand, sandbox: Sandbox, kind: str, permission: str, called: str
) -> None:
    method, parameters = await sending(bot, sandbox, kind)
    group = await found(bot, status="restricted", rights={name: name != permission for name in PERMISSIONS})
    told = await bot.refusal(method, chat_id=group, **parameters)
    assert told == f"Bad Request: not enough rights to send {called} to the chat"
    await become(bot, group, number_of(bot), "restricted", rights={permission: True})
    await bot.result(method, chat_id=group, **parameters)
