"""P1: what a step of a booking costs, as the patient lives it: stored, shown, held, booked, done with its form."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from typing import Final

from bench.child import Child
from bench.figures import Result, at_most, in_turns
from bench.progress import progress
from bench.scale import sized
from bench.servers import move_to_the_servers_core, program
from bench.stage.bot import OURS, our_bot
from bench.stage.hand import Hand
from bench.stage.peopled import peopled_town
from bench.stage.telegram import Telegram, token_of
from bench.stage.town import FIRST_PERSON

WHAT: Final = "ms of CPU for a step of a booking, against a stock aiogram-dialog bot with all in memory"
BAR: Final = 2.0
ROUNDS: Final = sized(5, full=15)
PEOPLE: Final = 16
THEIRS: Final = token_of(200300400)
# Nobody is quicker; and a stock bot shows the next screen before it has kept it, and loses what comes in between.
THOUGHT_SECONDS: Final = 0.2
# What is pressed, and what is then on the screen.
STEPS: Final = (
    ("Book a visit", "Please choose a clinic"),
    ("Poradnia specjalistyczna {clinic:03d}", "Please choose a doctor and a day"),
    ("Choose a doctor", "Please choose a doctor."),
    ("Nowak-{doctor}", "Please choose a doctor and a day"),
    ("First free time", "The first free times"),
    (":", "Please check the details"),
    ("Confirm the booking", "Your visit is booked"),
)


async def measure() -> Result:
    people = range(FIRST_PERSON, FIRST_PERSON + PEOPLE * (ROUNDS + 1))
    move_to_the_servers_core()
    async with (
        peopled_town(people, OURS, THEIRS) as (database, telegram),
        our_bot(telegram, database) as ours,
        program("-m", "bench.naive.dialog_bot", telegram.url, THEIRS) as theirs,
    ):
        await telegram.is_heard(THEIRS)
        with progress("P1, bookings", PEOPLE * (ROUNDS + 1) * 2) as done:
            rounds = await in_turns(
                _side(telegram, OURS, ours, people, done), _side(telegram, THEIRS, theirs, people, done), ROUNDS
            )
    return at_most(BAR, rounds, "P1", WHAT)


def _side(
    telegram: Telegram, token: str, bot: Child, people: range, done: Callable[[int], None]
) -> Callable[[], Awaitable[float]]:
    """Milliseconds a step: each round other people come, and nobody books twice."""
    newcomers: Iterator[int] = iter(people)

    async def book_all() -> float:
        hands = [Hand(telegram, token, next(newcomers)) for _ in range(PEOPLE)]
        await asyncio.gather(*(hand.says("/start", then="How can we help you") for hand in hands))
        after, before = await telegram.last_call(), bot.cpu_seconds
        await asyncio.gather(*(book(hand, number) for number, hand in enumerate(hands)))
        # The confirmation in a message of its own belongs to it, on either side.
        await telegram.answered(token, after, PEOPLE, seconds=30)
        done(PEOPLE)
        return (bot.cpu_seconds - before) * 1000 / (PEOPLE * len(STEPS))

    return book_all


async def book(hand: Hand, number: int) -> None:
    """From the menu to the booked visit; the number says in which clinic and with which doctor."""
    clinic = number % 8 + 1
    doctor = number // 8 % 4
    for label, then in STEPS:
        await asyncio.sleep(THOUGHT_SECONDS)
        await hand.presses(label.format(clinic=clinic, doctor=doctor), then, until_answered=True)
