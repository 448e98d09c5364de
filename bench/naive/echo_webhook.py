"""aiogram's echo by webhook, as its page shows it: `server token port`."""

import sys

from aiogram import Bot, Dispatcher
from aiogram.filters import CommandStart
from aiogram.types import Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler, setup_application
from aiohttp import web

from bench.naive.connect import connected

SECRET = "only-telegram-knows"
dispatcher = Dispatcher()


@dispatcher.message(CommandStart())
async def greet(message: Message) -> None:
    await message.answer(f"Hello, {message.from_user.full_name if message.from_user else ''}!")


@dispatcher.message()
async def echo(message: Message) -> None:
    await message.answer(f"You said: {message.text}")


@dispatcher.startup()
async def begin(bot: Bot) -> None:
    await bot.set_webhook(f"http://127.0.0.1:{sys.argv[3]}/hook", secret_token=SECRET)


def main() -> None:
    bot, app = connected(), web.Application()
    SimpleRequestHandler(dispatcher, bot, secret_token=SECRET).register(app, path="/hook")
    setup_application(app, dispatcher, bot=bot)
    web.run_app(app, host="127.0.0.1", port=int(sys.argv[3]), print=lambda *words: None)


if __name__ == "__main__":
    main()
