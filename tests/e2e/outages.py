"""People who book one visit after the other, each with a doctor of their own, whatever happens to the house."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Final

from locales.translator import Translator
from tests.stage.patient import NotSeen, Phone, Screen
from tests.stage.record import balance
from tests.stage.small_clinic import EYES, HEART, KRUK, LIS, MARIA, NOWAK, OLGA, PAOLO
from tests.stage.stage import Stage
from tests.stage.voice import speech_in

WHO_GOES_WHERE: Final = ((MARIA, EYES, NOWAK), (PAOLO, EYES, LIS), (OLGA, HEART, KRUK))
PATIENCE_SECONDS: Final = 240
LOOKS: Final = 6


@dataclass(frozen=True)
class Booker:
    """Books the first free time of one doctor; takes each step as soon as the last one is answered."""

    phone: Phone
    speech: Translator
    place: str
    surname: str

    async def books(self) -> None:
        """By way of the guide, so that no message resembles the one before it."""
        say = self.speech.say
        await self.phone.says("/help")
        await self._sees(say("Back"))
        await self.phone.says("/start")
        for button in (say("Book a visit"), self.place, say("First free time")):
            await self._takes(button)
        times = await self._sees(say("The first free times:"))
        await self.phone.presses(next(time for time in times.buttons if self.surname in time), wait=0)
        await self._takes(say("Confirm the booking"))
        await self._sees(say("Open the visit"))

    async def _takes(self, button: str) -> None:
        await self._sees(button)
        await self.phone.presses(button, wait=0)

    async def _sees(self, words: str) -> Screen:
        """However long the house is away, within reason."""
        for _ in range(LOOKS):
            with suppress(NotSeen):
                return await self.phone.sees(words)
        raise NotSeen(f"never saw {words!r}\n{await self.phone.chat_text()}")


@asynccontextmanager
async def people_who_book(stage: Stage, visits: int) -> AsyncIterator[None]:
    """They begin with the block; after it each of them has so many visits."""
    bookers = [
        Booker(await stage.logged_in(who), speech_in(who.language), place.name, doctor.surname)
        for who, place, doctor in WHO_GOES_WHERE
    ]

    async def books(booker: Booker) -> None:
        for _ in range(visits):
            await booker.books()

    async with asyncio.timeout(PATIENCE_SECONDS), asyncio.TaskGroup() as crowd:
        for booker in bookers:
            crowd.create_task(books(booker))
        yield
    assert booked(stage) == visits * len(bookers)


def booked(stage: Stage) -> int:
    [(count,)] = stage.rows("SELECT count(*) FROM visits")
    return int(count)


async def more_are_booked(stage: Stage) -> None:
    """Wait until one of them has booked again: the others are somewhere in between."""
    before = booked(stage)
    while booked(stage) == before:  # noqa: ASYNC110 - another process
        await asyncio.sleep(0.005)


async def balances(stage: Stage, outages: int) -> None:
    """The ledger, when what the outages left in somebody's hands was handed out again: its lease has to run out."""
    await stage.is_quiet()
    await stage.move_clock(minutes=2)
    await balance(stage, kills=outages)
