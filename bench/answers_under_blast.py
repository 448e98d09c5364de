"""P5: how long a person waits for the next screen while reminders leave, against how long at any other time."""

import asyncio
from collections.abc import Sequence
from itertools import chain
from statistics import quantiles
from time import perf_counter
from typing import Final

from bench.figures import Result, Rounds, at_most
from bench.progress import progress
from bench.scale import sized
from bench.servers import move_to_the_servers_core
from bench.stage.blast import Blast, open_blast
from bench.stage.bot import OURS
from bench.stage.hand import Hand

WHAT: Final = "ms until the next screen, 95th percentile, during a blast of reminders, against none"
BAR: Final = 1.5
ROUNDS: Final = sized(3, full=9)
PEOPLE: Final = 5
TURNS: Final = 12
PAUSE_SECONDS: Final = 0.9
# More than can leave while people press their buttons, at what Telegram lets pass.
WAVE: Final = 330
THERE_AND_BACK: Final = (("Help", "How this works"), ("Back", "How can we help you"))


async def measure() -> Result:
    move_to_the_servers_core()
    quiet, busy = [], []
    async with open_blast(ROUNDS, WAVE, PEOPLE) as blast:
        hands = [Hand(blast.telegram, OURS, person) for person in blast.idle]
        await asyncio.gather(*(hand.says("/start", then="How can we help you") for hand in hands))
        await _waits(hands)
        with progress("P5, screens", ROUNDS * 2 * PEOPLE * TURNS) as done:
            for _ in range(ROUNDS):
                quiet.append(await _waits(hands))
                busy.append(await _under_blast(blast, hands))
                done(2 * PEOPLE * TURNS)
    return at_most(BAR, Rounds(busy, quiet), "P5", WHAT)


async def _under_blast(blast: Blast, hands: Sequence[Hand]) -> float:
    after = await blast.begin()
    waited = await _waits(hands)
    await blast.ends(after)
    return waited


async def _waits(hands: Sequence[Hand]) -> float:
    """People look at help and come back, each at their own time; the 95th percentile of their waits, in ms."""
    waits = await asyncio.gather(*(_look_around(hand, nth / len(hands)) for nth, hand in enumerate(hands)))
    return quantiles(chain.from_iterable(waits), n=20)[-1] * 1000


async def _look_around(hand: Hand, later: float) -> list[float]:
    waits = []
    await asyncio.sleep(later * PAUSE_SECONDS)
    for turn in range(TURNS):
        label, then = THERE_AND_BACK[turn % 2]
        began = perf_counter()
        await hand.presses(label, then)
        waits.append(perf_counter() - began)
        await asyncio.sleep(PAUSE_SECONDS)
    return waits
