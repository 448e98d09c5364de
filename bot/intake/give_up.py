"""After its last try an update is set aside, and the person is told: nobody waits for an answer that will not come."""

import json

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError

from bot.intake.arrivals import chat_of
from core.clinic import Clinic
from core.identity.person import ChatId
from core.identity.questions import who_calls
from core.intake.set_update_aside import set_update_aside
from core.intake.update import Job
from core.seal import Seal
from locales.translator import Translators, choose_language


class GiveUp:
    def __init__(self, clinic: Clinic, bot: Bot, seal: Seal, translators: Translators) -> None:
        self._clinic = clinic.clockwork
        self._bot = bot
        self._seal = seal
        self._translators = translators

    async def __call__(self, job: Job) -> None:
        """Seal what the update said, let its lane go on, and say sorry."""
        sealed = self._seal.close(json.dumps(job.payload).encode(), place=f"inbox/{job.key}")
        number = chat_of(job.payload)
        chat = None if number is None else ChatId(number)
        if not await self._clinic(set_update_aside, job.key, job.seat, sealed, chat):
            return
        structlog.get_logger().error("update.set_aside", update=job.key)
        if chat is not None and chat > 0:
            await self._tell(chat)

    async def _tell(self, chat: ChatId) -> None:
        caller = await self._clinic.read(who_calls, chat, None)
        facility = self._clinic.facility
        speech = self._translators.speak(
            choose_language(caller.language), zone=facility.timezone, now=self._clinic.clock.now()
        )
        words = speech.say(
            "There was a problem on our side. What you entered is saved. "
            "Please try again in a minute with /start, or call us: {phone}.",
            phone=facility.reception.phone,
        )
        try:
            await self._bot.send_message(chat, words)
        except TelegramAPIError as trouble:
            structlog.get_logger().warning("update.sorry_unsaid", kind=type(trouble).__name__)
