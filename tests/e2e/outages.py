"""People who book one visit after the other, each with a doctor of their own, whatever happens to the house meanwhile."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

from locales.translator import Translator
from tests.stage.patient import Phone
from tests.stage.small_clinic import EYES, HEART, KRUK, LIS, MARIA, NOWAK, OLGA, PAOLO
from tests.stage.stage import Stage
from tests.stage.voice import speech_in

WHO_GOES_WHERE: Final = ((MARIA, EYES, NOWAK), (PAOLO, EYES, LIS), (OLGA, HEART, KRUK))
VISITS: Final = 3
PATIENCE_SECONDS: Final = 90


@dataclass(frozen=True)
class Booker:
    """Books the first free time of one doctor; takes each step as soon as the last one is answered."""

    phone: Phone
    speech: Translator
    place: str
    surname: str

    async def books(self) -> None:
        """By way of the guide, so that no message resembles the one before it."""
        await self.phone.says("/help")
        await self.phone.sees(self.speech.say("Back"))
        await self.phone.says("/start")
        for button in (self.speech.say("Book a visit"), self.place, self.speech.say("First free time")):
            await self._takes(button)
        times = await self.phone.sees(self.speech.say("The first free times:"))
        await self.phone.presses(next(time for time in times.buttons if self.surname in time), wait=0)
        await self._takes(self.speech.say("Confirm the booking"))
        await self.phone.sees(self.speech.say("Open the visit"))

    async def _takes(self, button: str) -> None:
        await self.phone.sees(button)
        await self.phone.presses(button, wait=0)


@asynccontextmanager
async def people_who_book(stage: Stage) -> AsyncIterator[None]:
    """They begin with the block; after it they have all booked what they wanted."""
    bookers = [
        Booker(await stage.logged_in(who), speech_in(who.language), place.name, doctor.surname)
        for who, place, doctor in WHO_GOES_WHERE
    ]

    async def books(booker: Booker) -> None:
        for _ in range(VISITS):
            await booker.books()

    async with asyncio.timeout(PATIENCE_SECONDS), asyncio.TaskGroup() as crowd:
        for booker in bookers:
            crowd.create_task(books(booker))
        yield


def booked(stage: Stage) -> int:
    [(count,)] = stage.rows("SELECT count(*) FROM visits")
    return int(count)


async def more_are_booked(stage: Stage) -> None:
    """Wait until one of them has booked again: the others are somewhere in between."""
    before = booked(stage)
    while booked(stage) == before:  # noqa: ASYNC110 - another process
        await asyncio.sleep(0.005)
