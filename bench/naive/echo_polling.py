"""aiogram's echo by polling, as its page shows it: `server token`."""

import asyncio

from aiogram import Dispatcher
from aiogram.filters import CommandStart
from aiogram.types import Message

from bench.naive.connect import connected

dispatcher = Dispatcher()


@dispatcher.message(CommandStart())
async def greet(message: Message) -> None:
    await message.answer(f"Hello, {message.from_user.full_name if message.from_user else ''}!")


@dispatcher.message()
async def echo(message: Message) -> None:
    await message.answer(f"You said: {message.text}")


if __name__ == "__main__":
    asyncio.run(dispatcher.start_polling(connected()))
