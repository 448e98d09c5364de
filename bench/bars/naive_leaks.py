"""The usual way with logs: everybody's defaults, at the level of news, and exceptions with what they say."""

import asyncio
import logging
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError
from telegram import Bot

from bench.bars.lives import whole_life
from bench.bars.memory import small_clinic
from tests.stage.stage import TOKEN, open_telegram


def live(sandbox: str, file: str, identifier: str) -> None:
    logging.basicConfig(level=logging.INFO, filename=file)
    database = create_engine("sqlite://")
    with database.begin() as connection:
        connection.execute(text("CREATE TABLE patients (identifier TEXT UNIQUE)"))
    for _ in range(2):
        try:
            with database.begin() as connection:
                connection.execute(text("INSERT INTO patients VALUES (:identifier)"), {"identifier": identifier})
        except IntegrityError:
            logging.getLogger("bot").exception("update failed")
    asyncio.run(_introduce(sandbox))


async def _introduce(sandbox: str) -> None:
    async with Bot(TOKEN, base_url=f"{sandbox}/bot") as bot:
        await bot.get_me()


async def naive_log(identifier: str) -> str:
    """What is in the log after one start, and somebody who signs up twice."""
    async with small_clinic("sqlite") as unused, open_telegram(unused) as stage:
        with TemporaryDirectory() as folder:
            file = Path(folder) / "bot.log"
            await whole_life(live, stage.telegram.url, str(file), identifier)
            return file.read_text("utf-8")
