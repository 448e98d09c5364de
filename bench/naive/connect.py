"""The one line in which a bot for the sandbox differs from one for Telegram."""

import logging
import sys

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer


def connected() -> Bot:
    """The bot whose server and token stand on the command line."""
    logging.basicConfig(level=logging.ERROR)
    server, token = sys.argv[1:3]
    return Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(server)))
