"""How many updates a second the inbox stores, hands out and closes, whatever is done with them in between."""

import asyncio
from collections.abc import Sequence
from json import dumps
from random import Random
from time import perf_counter
from typing import Any, Final

from bench.stage.databases import fresh_database
from bench.stage.town import FACILITY, FIRST_PERSON
from bench.stage.watch import StandingWatch
from bot.intake.hands import CHATS_AT_ONCE
from core.clinic import Clinic
from core.intake.finish_update import finish_update
from core.intake.receive_updates import receive_updates
from core.intake.take_updates import take_updates
from core.intake.update import Arrival, Job
from core.storage.database import Database

UPDATES: Final = 1_000
BATCH: Final = 100
HANDS: Final = CHATS_AT_ONCE
SEAT: Final = 1


async def intake_rate(engine: str, chats: int) -> float:
    """The updates come from so many chats in turn, in batches as Telegram hands them out."""
    async with fresh_database(engine) as url:
        database = Database.at(url)
        clinic = Clinic(database, FACILITY, StandingWatch(), Random(1)).clockwork
        began = perf_counter()
        for batch in _batches([_arrival(number, chats) for number in range(UPDATES)]):
            await clinic(receive_updates, batch, None, 0)
        while jobs := await clinic(take_updates, SEAT, HANDS):
            await asyncio.gather(*(_work_off(clinic, job) for job in jobs))
        rate = UPDATES / (perf_counter() - began)
        await database.close()
    return rate


async def _work_off(clinic: Clinic, job: Job | None) -> None:
    """The chat's updates one after another, each with a form that changed."""
    while job is not None:
        job = await clinic(finish_update, job.key, SEAT, {"state": dumps({"at": job.key})}, None)


def _batches(arrivals: Sequence[Arrival]) -> Sequence[tuple[Arrival, ...]]:
    return [tuple(arrivals[first : first + BATCH]) for first in range(0, len(arrivals), BATCH)]


def _arrival(number: int, chats: int) -> Arrival:
    person = FIRST_PERSON + number % chats
    said: dict[str, Any] = {"message_id": number + 1, "date": 1, "chat": {"id": person, "type": "private"}, "text": "?"}
    return Arrival(key=f"1:{number}", lane=str(person), payload={"update_id": number, "message": said})
