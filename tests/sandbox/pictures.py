"""Pictures and other files for tests: as small as their kind allows."""

import struct
from io import BytesIO
from typing import Any

import aiohttp

from tests.sandbox.answers import validated
from tests.sandbox.hand import ANNA, Hand

REPORT = b"%PDF-1.7"
FILM = b"\0\0\0\x18ftypmp42"
SONG = b"ID3\x04"
SPEECH = b"OggS"


def png(width: int = 640, height: int = 480) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height) + b"\x08\x02\0\0\0"


PNG = png()


async def form(hand: Hand, method: str, parts: dict[str, bytes], **parameters: Any) -> Any:
    """The envelope of the answer to a form with files, each under the name of its part."""
    fields = aiohttp.FormData({name: str(value) for name, value in parameters.items()})
    for name, content in parts.items():
        fields.add_field(name, BytesIO(content), filename=name)
    async with hand.session.post(f"{hand.url}/bot{hand.token}/{method}", data=fields) as response:
        return await response.json()


async def posted(hand: Hand, method: str, parts: dict[str, bytes], **parameters: Any) -> Any:
    """The result, once aiogram has read it."""
    envelope = await form(hand, method, parts, **parameters)
    assert envelope["ok"], envelope
    validated(method, envelope)
    return envelope["result"]


async def photo_id(hand: Hand) -> str:
    """A photo that the bot has sent."""
    sent = await posted(hand, "sendPhoto", {"photo": PNG}, chat_id=ANNA)
    return str(sent["photo"][-1]["file_id"])


async def document_id(hand: Hand) -> str:
    sent = await posted(hand, "sendDocument", {"document": REPORT}, chat_id=ANNA)
    return str(sent["document"]["file_id"])
