"""Reminders with python-telegram-bot as it comes, over httpx: `server token evenly|at_once first-person count`.

Prints what the sending has cost, in milliseconds of CPU."""

import asyncio
import sys
from time import process_time

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import ParseMode
from telegram.error import RetryAfter

TEXT = (
    "<b>Reminder: your visit is tomorrow.</b>\nTuesday, 24 November 2026, 10:00\ndr Ewa Nowak-1\n"
    "Poradnia specjalistyczna 001, ul. Zielona 12, 00-001 Warszawa\n\nWill you be able to come?"
)
MOST_A_SECOND = 30
BUTTONS = (("I'm coming", "coming:{}"),), (("Move", "move:{}"), ("Cancel the visit", "cancel:{}"))


async def remind(bot: Bot, person: int) -> None:
    rows = [[InlineKeyboardButton(label, callback_data=data.format(person)) for label, data in row] for row in BUTTONS]
    while True:
        try:
            await bot.send_message(person, TEXT, ParseMode.HTML, reply_markup=InlineKeyboardMarkup(rows))
        except RetryAfter as wait:
            await asyncio.sleep(float(wait.retry_after))  # type: ignore[arg-type]
        else:
            return


async def main() -> None:
    server, token, manner, first, count = sys.argv[1:6]
    people = range(int(first), int(first) + int(count))
    async with Bot(token, base_url=f"{server}/bot", base_file_url=f"{server}/file/bot") as bot:
        began = process_time()
        if manner == "at_once":
            await asyncio.gather(*(remind(bot, person) for person in people))
        else:
            for person in people:
                await remind(bot, person)
                await asyncio.sleep(1 / MOST_A_SECOND)
        sys.stdout.write(f"{(process_time() - began) * 1000}\n")


if __name__ == "__main__":
    asyncio.run(main())
