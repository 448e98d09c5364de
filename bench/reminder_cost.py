"""P6: what a reminder costs, claimed, judged, worded, paced, sent and settled, against stock PTB, which only sends."""

from collections.abc import Awaitable, Callable
from typing import Final

from bench.figures import Result, at_most, in_turns
from bench.progress import progress
from bench.scale import sized
from bench.servers import move_to_the_servers_core, program
from bench.stage.blast import Blast, open_blast
from bench.stage.telegram import token_of
from bench.stage.town import FIRST_PERSON

WHAT: Final = "ms of CPU for a reminder, against stock PTB over httpx at the same pace"
BAR: Final = 0.4
ROUNDS: Final = sized(3, full=9)
WAVE: Final = 200
THEIRS: Final = token_of(200300400)


async def measure() -> Result:
    move_to_the_servers_core()
    people = range(FIRST_PERSON, FIRST_PERSON + WAVE)
    async with open_blast(ROUNDS + 1, WAVE) as blast:
        await blast.telegram.acquaint(THEIRS, people)
        with progress("P6, reminders", WAVE * (ROUNDS + 1) * 2) as done:
            rounds = await in_turns(_ours(blast, done), _theirs(blast, done), ROUNDS)
    return at_most(BAR, rounds, "P6", WHAT)


def _ours(blast: Blast, done: Callable[[int], None]) -> Callable[[], Awaitable[float]]:
    async def remind_all() -> float:
        before = blast.bot.cpu_seconds
        await blast.ends(await blast.begin())
        done(WAVE)
        return (blast.bot.cpu_seconds - before) * 1000 / WAVE

    return remind_all


def _theirs(blast: Blast, done: Callable[[int], None]) -> Callable[[], Awaitable[float]]:
    arguments = (blast.telegram.url, THEIRS, "evenly", str(FIRST_PERSON), str(WAVE))

    async def remind_all() -> float:
        async with program("-m", "bench.naive.reminders", *arguments) as sender:
            milliseconds = float(await sender.line())
        done(WAVE)
        return milliseconds / WAVE

    return remind_all
