"""P11: how many people who say `/start` three replicas on PostgreSQL greet a second, against one of them."""

from contextlib import AsyncExitStack
from typing import Final

from bench.figures import Result, Rounds, in_turns
from bench.progress import progress
from bench.scale import sized
from bench.servers import BOTS, CORES, free_port, move_to_the_servers_core
from bench.stage.bot import OURS, our_bot
from bench.stage.databases import fresh_database, plain_engine
from bench.stage.round_robin import round_robin
from bench.stage.telegram import open_telegram, rate_of
from bench.stage.town import FIRST_PERSON, Town, furnish, settle

WHAT: Final = "/start, updates a second, three replicas on PostgreSQL behind one address, against one; {} cores"
ROUNDS: Final = sized(2, full=7)
PEOPLE: Final = sized(200, full=1_000)
REPLICAS: Final = 3
PATIENCE_SECONDS: Final = 180


async def measure() -> Result:
    move_to_the_servers_core()
    rounds = await in_turns(lambda: _greeted(REPLICAS), lambda: _greeted(1), ROUNDS, warm_up=False)
    return _reported(rounds)


def _reported(rounds: Rounds) -> Result:
    """There is no bar where there are not enough cores to go round."""
    value, baseline = (round(sorted(side)[len(side) // 2], 2) for side in (rounds.ours, rounds.theirs))
    return Result("P11", WHAT.format(len(CORES)), value, baseline, "reported", True, rounds.spread)


async def _greeted(replicas: int) -> float:
    people = range(FIRST_PERSON, FIRST_PERSON + 2 * PEOPLE)
    async with AsyncExitStack() as stage:
        database = await stage.enter_async_context(fresh_database("postgresql"))
        telegram = await stage.enter_async_context(open_telegram())
        with plain_engine(database).begin() as connection:
            furnish(connection, Town(days=2))
            settle(connection, people)
        await telegram.people(people)
        await telegram.acquaint(OURS, people)
        front, ports = free_port(), [free_port() for _ in range(replicas)]
        await stage.enter_async_context(round_robin(front, ports))
        bots = [
            await stage.enter_async_context(
                our_bot(
                    telegram,
                    database,
                    webhook=f"http://127.0.0.1:{front}/telegram",
                    listen=f"127.0.0.1:{port}",
                    cores=CORES if replicas > 1 else BOTS,
                )
            )
            for port in ports
        ]
        warm, measured = people[:PEOPLE], people[PEOPLE:]
        with progress(f"P11, people before {replicas}", 2 * PEOPLE) as done:
            for crowd in (warm, measured):
                after = await telegram.last_call()
                for bot in bots:
                    bot.hold()
                await telegram.all_say(OURS, crowd, "/start")
                began = await telegram.now()
                for bot in bots:
                    bot.let_go()
                greeted = await telegram.answered(OURS, after, PEOPLE, PATIENCE_SECONDS)
                done(PEOPLE)
        return rate_of(greeted, began)
