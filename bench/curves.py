"""What the page draws: how a figure grows with what there is. `python -m bench curves` measures anew, then draws."""

from contextlib import AsyncExitStack
from pathlib import Path
from typing import Final

from bench.backlog import drain, stock_bot
from bench.drawing import Curve, Line, draw, keep
from bench.free_slots import QUESTIONS, WORDS, milliseconds, open_town, size
from bench.intake_rate import intake_rate
from bench.progress import progress
from bench.scale import sized
from bench.servers import move_to_the_servers_core
from bench.stage.bot import OURS, our_bot
from bench.stage.databases import ENGINES
from bench.stage.peopled import peopled_town
from bench.stage.telegram import token_of
from bench.stage.town import FIRST_PERSON, Town

FOLDER: Final = Path(__file__).parents[1] / "docs" / "plots"
TOWNS: Final = tuple(Town(clinics, doctors, 60, 21) for clinics, doctors in ((2, 4), (8, 10), (20, 40), (40, 100)))
CHATS: Final = (1, 10, 100, 1_000)
WAITING: Final = (150, 600, 1_500, sized(3_000, full=6_000))
THEIRS: Final = token_of(200300400)


async def draw_all() -> None:
    move_to_the_servers_core()
    for curve in (await free_times(), await intake(), await backlog()):
        keep(curve, FOLDER)
        draw(curve, FOLDER)


async def free_times() -> Curve:
    """P2 with ten thousand slots, a hundred thousand, a million, and five million where the whole size is asked for."""
    towns = TOWNS[: sized(3, full=4)]
    lines = {(engine, question): list[float]() for engine in ENGINES for question in QUESTIONS}
    for engine, town in ((engine, town) for engine in ENGINES for town in towns):
        async with AsyncExitStack() as stage:
            filled = await open_town(stage, engine, town)
            for question in QUESTIONS:
                await milliseconds(filled.ours(question))
                lines[engine, question].append(await milliseconds(filled.ours(question)))
    return Curve(
        "free-times",
        "A screen's question, by the number of slots",
        "slots",
        "ms through clinic.read",
        [float(size(town)) for town in towns],
        [Line(f"{WORDS[question]}, {engine}", taken) for (engine, question), taken in lines.items()],
    )


async def intake() -> Curve:
    """Stored, taken, done, with nothing to do in between: what the inbox itself allows."""
    lines = []
    for engine in ENGINES:
        with progress(f"intake on {engine}, numbers of chats", len(CHATS)) as done:
            rates = []
            for chats in CHATS:
                rates.append(await intake_rate(engine, chats))
                done(1)
        lines.append(Line(engine, rates))
    title = "Updates stored, taken and done, by the number of chats they come from"
    return Curve("intake", title, "chats", "updates a second", [float(chats) for chats in CHATS], lines)


async def backlog() -> Curve:
    """P8 with other numbers of updates waiting, three from each person."""
    people = range(FIRST_PERSON, FIRST_PERSON + sum(WAITING) // 3)
    async with peopled_town(people, OURS, THEIRS) as (database, telegram):
        with progress("backlogs, updates", 2 * sum(WAITING)) as done:
            ours = drain(telegram, OURS, lambda: our_bot(telegram, database), people, done)
            theirs = drain(telegram, THEIRS, lambda: stock_bot(telegram), people, done)
            pairs = [(await ours(waiting // 3), await theirs(waiting // 3)) for waiting in WAITING]
    names = ("ours, SQLite", "stock aiogram-dialog, all in memory")
    lines = [Line(name, list(rates)) for name, rates in zip(names, zip(*pairs, strict=True), strict=True)]
    title = "A backlog after an outage, by its length"
    return Curve(
        "backlog", title, "updates waiting", "updates a second", [float(waiting) for waiting in WAITING], lines
    )
