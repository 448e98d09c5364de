"""S1: the sandbox must never be the bottleneck of a measurement."""

import json
from typing import Final

import aiohttp

from bench.figures import Result, at_least, in_turns
from bench.servers import running
from bench.wire import form, requests_per_second

WHAT: Final = "sendMessage a second, sandbox against a bare aiohttp handler"
BAR: Final = 0.5
MESSAGES: Final = 3_200
ANNA: Final = 1001
TOKEN: Final = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0"
KEYBOARD: Final = {"inline_keyboard": [[{"text": name, "callback_data": name}] for name in ("Book", "Move", "Cancel")]}
TEXT: Final = "<b>Your visit</b> no. {} is on Tuesday, May 5, at 10:20, with dr Ewa Jankowska. Bring your ECG."
FIELDS: Final = {
    "chat_id": str(ANNA),
    "parse_mode": "HTML",
    "reply_markup": json.dumps(KEYBOARD),
}


async def measure() -> Result:
    path = f"/bot{TOKEN}/sendMessage"
    requests = [form(path, {**FIELDS, "text": TEXT.format(number)}) for number in range(MESSAGES)]
    async with (
        running("sandbox", "--port", "0", "--smtp-port", "0", "--person", "Anna:en") as sandbox,
        running("bench.bare_server") as bare,
        aiohttp.ClientSession() as http,
    ):
        await _open_chat(http, sandbox)

        async def ours() -> float:
            rate = await requests_per_second(sandbox, requests)
            await http.post(f"{sandbox}/sim/reset", json={}, raise_for_status=True)
            await _open_chat(http, sandbox)
            return rate

        async def theirs() -> float:
            return await requests_per_second(bare, requests)

        return at_least(BAR, await in_turns(ours, theirs), "S1", WHAT)


async def _open_chat(http: aiohttp.ClientSession, sandbox: str) -> None:
    await http.get(f"{sandbox}/bot{TOKEN}/getMe", raise_for_status=True)
    await http.post(f"{sandbox}/sim/say", json={"person": ANNA, "text": "/start"}, raise_for_status=True)
