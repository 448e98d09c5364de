"""Tells Telegram which commands there are, in every language."""

import asyncio
from typing import Final

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.types import BotCommand, BotCommandScopeAllPrivateChats

from core.clinic import Clinic
from handlers.command_list import COMMANDS
from locales.translator import Language, Translators

LONGEST_PAUSE_SECONDS: Final = 60.0


async def introduce(bot: Bot, clinic: Clinic, translators: Translators) -> None:
    """Set the command menus; while Telegram does not answer, the desk works without and this tries again."""
    pause = 1.0
    while True:
        try:
            await _set_commands(bot, clinic, translators)
        except TelegramAPIError as trouble:
            structlog.get_logger().warning("commands.trouble", kind=type(trouble).__name__)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
        else:
            return


async def _set_commands(bot: Bot, clinic: Clinic, translators: Translators) -> None:
    for language in Language:
        speech = translators.speak(language, zone=clinic.facility.timezone, now=clinic.clock.now())
        await bot.set_my_commands(
            [BotCommand(command=name, description=speech.say(words)) for name, words in COMMANDS.items()],
            scope=BotCommandScopeAllPrivateChats(),
            language_code=None if language is Language.EN else language.value,
        )
