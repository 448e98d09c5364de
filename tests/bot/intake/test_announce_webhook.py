"""Telegram hears where the webhook is, in the end, and hears it again."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from bot.intake.webhook import announce_webhook
from bot.intake.webhook_address import Webhook
from bot.pulse import Pulse
from bot.session import PacedCalls
from tests.bot.intake.caller import PATH, SECRET
from tests.core.open_pace import OpenPace
from tests.stage.small_clinic import MARIA
from tests.stage.stage import TOKEN, Stage

pytestmark = pytest.mark.parametrize("engine", ["sqlite"])
ALLOWED: Final = ["message", "callback_query"]
# Nobody listens there: what is announced is not yet open.
URL: Final = f"http://127.0.0.1:9{PATH}"
PATIENCE_SECONDS: Final = 20


@pytest.fixture
async def bot(telegram: Stage) -> AsyncIterator[Bot]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(telegram.telegram.url))
    session.middleware(PacedCalls(OpenPace()))
    async with Bot(TOKEN, session).context() as opened:
        yield opened


class Heart(Pulse):
    """Rings at each beat."""

    def __init__(self) -> None:
        super().__init__(polls=False)
        self.beat = asyncio.Event()

    def heard(self) -> None:
        super().heard()
        self.beat.set()


@asynccontextmanager
async def announcing(bot: Bot, again_seconds: float = 600) -> AsyncIterator[Heart]:
    heart = Heart()
    async with asyncio.timeout(PATIENCE_SECONDS), asyncio.TaskGroup() as tasks:
        task = tasks.create_task(announce_webhook(bot, Webhook(URL, SECRET), ALLOWED, heart, again_seconds))
        await heart.beat.wait()
        yield heart
        task.cancel()


async def test_telegram_hears_the_address_and_drops_nothing(telegram: Stage, bot: Bot) -> None:
    await bot.get_me()
    await telegram.phone(MARIA).says("/start")
    async with announcing(bot) as heart:
        assert heart.heard_seconds_ago is not None
        told = await telegram.as_bot("getWebhookInfo")
    assert (told["url"], told["max_connections"], told["allowed_updates"]) == (URL, 40, ALLOWED)
    assert told["pending_update_count"] > 0
    (call,) = await telegram.calls("setWebhook")
    assert call["params"]["secret_token"] == SECRET
    assert call["params"]["drop_pending_updates"] in {False, "false", "False"}


@pytest.mark.parametrize("stumble", [{"kind": "html502"}, {"kind": "error", "code": 500}, {"kind": "timeout_before"}])
async def test_while_telegram_does_not_answer_it_is_told_again(
    telegram: Stage, bot: Bot, stumble: dict[str, Any]
) -> None:
    await telegram.fault("setWebhook", **stumble)
    async with announcing(bot):
        assert (await telegram.as_bot("getWebhookInfo"))["url"] == URL
    assert len(await telegram.calls("setWebhook")) == 2


async def test_an_address_that_somebody_took_away_is_told_anew(telegram: Stage, bot: Bot) -> None:
    async with announcing(bot, again_seconds=0.01) as heart:
        await telegram.as_bot("deleteWebhook")
        heart.beat.clear()
        await heart.beat.wait()
        heart.beat.clear()
        await heart.beat.wait()
        assert (await telegram.as_bot("getWebhookInfo"))["url"] == URL


async def test_every_replica_may_say_it(telegram: Stage, bot: Bot) -> None:
    async with announcing(bot), announcing(bot), announcing(bot):
        assert (await telegram.as_bot("getWebhookInfo"))["url"] == URL
    assert {call["status"] for call in await telegram.calls("setWebhook")} == {200}
