"""P7: how many people who say `/start` are greeted a second, by polling and by webhook, against aiogram's echo."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from functools import partial
from typing import Final

from bench.child import Child
from bench.figures import Result, at_least, in_turns
from bench.progress import progress
from bench.scale import sized
from bench.servers import free_port, move_to_the_servers_core, program
from bench.stage.bot import OURS, our_bot
from bench.stage.peopled import peopled_town
from bench.stage.telegram import Telegram, rate_of, token_of
from bench.stage.town import FIRST_PERSON

WHAT: Final = "/start by {}, updates a second, against a stock aiogram echo"
BAR: Final = 0.8
ROUNDS: Final = sized(3, full=9)
PEOPLE: Final = 500
PATIENCE_SECONDS: Final = 120
THEIRS: Final = token_of(200300400)


async def measure() -> list[Result]:
    move_to_the_servers_core()
    return [await by_polling(), await by_webhook()]


async def by_polling() -> Result:
    return await _measure("polling", None, partial(program, "-m", "bench.naive.echo_polling"))


async def by_webhook() -> Result:
    ours, theirs = free_port(), free_port()
    echo = partial(program, "-m", "bench.naive.echo_webhook")
    return await _measure("webhook", ours, lambda *arguments: echo(*arguments, str(theirs)))


async def _measure(way: str, port: int | None, echo: Callable[..., AbstractAsyncContextManager[Child]]) -> Result:
    people = range(FIRST_PERSON, FIRST_PERSON + PEOPLE * (ROUNDS + 1))
    async with AsyncExitStack() as stage:
        database, telegram = await stage.enter_async_context(peopled_town(people, OURS, THEIRS))
        hook = f"http://127.0.0.1:{port}/telegram" if port else None
        ours = await stage.enter_async_context(
            our_bot(telegram, database, webhook=hook, listen=f"127.0.0.1:{port or 0}")
        )
        theirs = await stage.enter_async_context(echo(telegram.url, THEIRS))
        await telegram.is_heard(THEIRS)
        with progress(f"P7 by {way}, people", PEOPLE * (ROUNDS + 1) * 2) as done:
            rounds = await in_turns(
                _side(telegram, OURS, ours, people, done),
                _side(telegram, THEIRS, theirs, people, done),
                ROUNDS,
            )
    return at_least(BAR, rounds, f"P7-{way}", WHAT.format(way))


def _side(
    telegram: Telegram, token: str, bot: Child, people: range, done: Callable[[int], None]
) -> Callable[[], Awaitable[float]]:
    """Each round other people, known to the house, with no screen open; the bot stands still until all have spoken."""
    newcomers: Iterator[int] = iter(people)

    async def greet_all() -> float:
        speaking = [next(newcomers) for _ in range(PEOPLE)]
        after = await telegram.last_call()
        bot.hold()
        await telegram.all_say(token, speaking, "/start")
        began = await telegram.now()
        bot.let_go()
        greeted = await telegram.answered(token, after, PEOPLE, PATIENCE_SECONDS)
        done(PEOPLE)
        return rate_of(greeted, began)

    return greet_all
