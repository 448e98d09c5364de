"""What a bot sends beside words, for the tests of the chat page."""

from __future__ import annotations

import io
import json
import wave
from typing import TYPE_CHECKING, Any, Final

import aiohttp

from tests.e2e.page_hand import KASIA, TOKEN
from tests.e2e.test_page_files import tall_picture

if TYPE_CHECKING:
    from tests.e2e.page_hand import Town

NO_FILM: Final = b"no film at all"
SAMPLE_RATE: Final = 8000


def recording(seconds: int = 3) -> bytes:
    """Silence, as a WAV."""
    written = io.BytesIO()
    with wave.open(written, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(SAMPLE_RATE)
        sound.writeframes(bytes(2 * SAMPLE_RATE * seconds))
    return written.getvalue()


async def upload(town: Town, method: str, files: dict[str, bytes], **parameters: Any) -> Any:
    """Each file in a part of its name; what is no text is written as JSON."""
    written = {name: value if isinstance(value, str) else json.dumps(value) for name, value in parameters.items()}
    form = aiohttp.FormData({"chat_id": str(KASIA), **written})
    for name, content in files.items():
        form.add_field(name, content, filename=f"{name}.bin")
    async with town.http.post(f"/bot{TOKEN}/{method}", data=form) as answer:
        return (await answer.json())["result"]


async def send_album(town: Town, count: int, caption: str) -> Any:
    names = [f"picture{number}" for number in range(count)]
    media: list[dict[str, object]] = [{"type": "photo", "media": f"attach://{name}"} for name in names]
    media[0]["caption"] = caption
    return await upload(town, "sendMediaGroup", dict.fromkeys(names, tall_picture()), media=media)


async def speak(town: Town, text: str, **more: Any) -> Any:
    return await town.call("sendMessage", chat_id=KASIA, text=text, parse_mode="HTML", **more)
