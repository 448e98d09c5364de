"""Real updates: what a Telegram told the bot while people did everything that can be done with it."""

from typing import Any, Final, NamedTuple

import aiohttp

from tests.stage.patient import Phone
from tests.stage.small_clinic import EYES, LIS, MARIA, PAOLO
from tests.stage.stage import Stage

KINDS_OF_MESSAGES: Final = ("sticker", "photo", "voice", "contact")


class Told(NamedTuple):
    """An update: its kind, and what it says."""

    kind: str
    event: dict[str, Any]


async def recorded(stage: Stage) -> list[Told]:
    """A patient's day, a stranger's look, and a group; as the bot was told of them."""
    await _a_patients_day(stage)
    await _a_strangers_look(stage)
    await _a_group(stage)
    await stage.is_quiet()
    async with aiohttp.ClientSession() as http, http.get(f"{stage.telegram.url}/sim/updates") as response:
        told = (await response.json())["updates"]
    return [Told(update["kind"], update["body"][update["kind"]]) for update in told]


async def _a_patients_day(stage: Stage) -> None:
    phone = await stage.logged_in(MARIA)
    await phone.taps("Book a visit", EYES.name, "First free time", f"Mon 23/11, 11:00, {LIS.surname}")
    await phone.taps("Confirm the booking", "Open the visit", "Move", "First free time", "Tue 24/11, 09:00")
    await phone.taps("Move to the new time", "Open the visit", "Cancel the visit")
    await phone.says("A cold, and 39.5 °C 🤒")
    await phone.sees("Keep the visit")
    await phone.taps("Keep the visit", "Add to calendar")
    for command in ("/start", "/visits", "/settings", "/language", "/help", "/book", "/cancel"):
        await phone.says(command)
        await phone.sees()
    for kind in KINDS_OF_MESSAGES:
        await phone.says(kind=kind)
    await phone.says("https://example.com @somebody #tag +48 600 100 200 maria@example.com")
    await phone.sees()


async def _a_strangers_look(stage: Stage) -> None:
    phone = stage.phone(PAOLO)
    await phone.says("/start")
    await _taps_first(phone, 3)
    await phone.blocks()
    await phone.unblocks()
    await phone.says("ciao")


async def _taps_first(phone: Phone, times: int) -> None:
    await phone.sees()
    for _ in range(times):
        await phone.presses((await phone.screen()).buttons[0])


async def _a_group(stage: Stage) -> None:
    group = await stage.group_with_bot(MARIA)
    body = {"person": MARIA.chat, "chat": group, "text": "/start"}
    await stage.post("say", body)
    await stage.post("say", {**body, "text": "hello"})
