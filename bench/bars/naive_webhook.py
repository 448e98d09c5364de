"""The usual way with a webhook: aiogram's handler as the documentation shows it."""

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler, setup_application
from aiohttp import web

from bench.bars.lives import say_nothing
from tests.stage.stage import TOKEN


def live(sandbox: str, path: str, port: int) -> None:
    """Until SIGTERM. It answers Telegram at once, and works in the background."""
    say_nothing()
    dispatcher = Dispatcher()

    @dispatcher.message()
    async def book(message: Message) -> None:
        await message.answer("Your visit is booked.")

    async def ready(request: web.Request) -> web.Response:
        return web.Response()

    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(sandbox)))
    app = web.Application()
    app.router.add_get("/ready", ready)
    SimpleRequestHandler(dispatcher, bot).register(app, path)
    setup_application(app, dispatcher, bot=bot)
    web.run_app(app, host="127.0.0.1", port=port, print=None)
