"""P8: after an outage, how fast a bot that has just started works off what waits for it."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager
from typing import Final

from bench.child import Child
from bench.figures import Result, at_least, in_turns
from bench.progress import progress
from bench.scale import sized
from bench.servers import move_to_the_servers_core, program
from bench.stage.bot import OURS, our_bot
from bench.stage.peopled import peopled_town
from bench.stage.telegram import Telegram, rate_of, token_of
from bench.stage.town import FIRST_PERSON

WHAT: Final = "backlog of 1,500 updates of 500 people, updates a second, against a stock aiogram-dialog bot"
BAR: Final = 0.6
ROUNDS: Final = sized(2, full=7)
PEOPLE: Final = 500
EACH_SAYS: Final = 3
PATIENCE_SECONDS: Final = 180
THEIRS: Final = token_of(200300400)

Start = Callable[[], AbstractAsyncContextManager[Child]]


async def measure() -> Result:
    move_to_the_servers_core()
    people = range(FIRST_PERSON, FIRST_PERSON + PEOPLE * ROUNDS)
    async with peopled_town(people, OURS, THEIRS) as (database, telegram):
        with progress("P8, updates", PEOPLE * EACH_SAYS * ROUNDS * 2) as done:
            ours = drain(telegram, OURS, lambda: our_bot(telegram, database), people, done)
            theirs = drain(telegram, THEIRS, lambda: stock_bot(telegram), people, done)
            rounds = await in_turns(lambda: ours(PEOPLE), lambda: theirs(PEOPLE), ROUNDS, warm_up=False)
    return at_least(BAR, rounds, "P8", WHAT)


def stock_bot(telegram: Telegram) -> AbstractAsyncContextManager[Child]:
    return program("-m", "bench.naive.dialog_bot", telegram.url, THEIRS)


def drain(
    telegram: Telegram, token: str, start: Start, people: range, done: Callable[[int], None]
) -> Callable[[int], Awaitable[float]]:
    """So many people, others each time, say `/start` again and again because nobody answers; then the bot comes."""
    newcomers: Iterator[int] = iter(people)

    async def work_off(count: int) -> float:
        waiting = [next(newcomers) for _ in range(count)]
        for _ in range(EACH_SAYS):
            await telegram.all_say(token, waiting, "/start")
        after = await telegram.last_call()
        async with start():
            answered = await telegram.answered(token, after, count * EACH_SAYS, PATIENCE_SECONDS)
        [first, *_], _ = await telegram.calls(token, after, "getUpdates")
        done(count * EACH_SAYS)
        return rate_of(answered, first.at)

    return work_off
