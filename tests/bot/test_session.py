"""What every call to Telegram goes through: forgiveness for what was done before, and the word to wait."""

from collections.abc import AsyncIterator

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)

from bot.session import PacedCalls
from tests.core.open_pace import OpenPace
from tests.stage.small_clinic import MARIA
from tests.stage.stage import TOKEN, Stage

TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"
NOT_FOUND = "Bad Request: message to delete not found"


@pytest.fixture
def pace() -> OpenPace:
    return OpenPace()


@pytest.fixture
async def bot(telegram: Stage, pace: OpenPace) -> AsyncIterator[Bot]:
    """In a chat that Maria has opened."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(telegram.telegram.url))
    session.middleware(PacedCalls(pace))
    bot = Bot(TOKEN, session=session)
    await bot.get_me()
    await telegram.phone(MARIA).says("/start")
    yield bot
    await session.close()


async def test_an_answer_that_comes_too_late_is_done(bot: Bot, telegram: Stage) -> None:
    await telegram.fault("answerCallbackQuery", "error", code=400, description=TOO_OLD)
    assert await bot.answer_callback_query("1") is True


async def test_a_query_telegram_forgot_is_done(bot: Bot) -> None:
    assert await bot.answer_callback_query("4096") is True


async def test_a_message_that_is_gone_is_deleted(bot: Bot) -> None:
    message = await bot.send_message(MARIA.chat, "hello")
    assert await bot.delete_message(MARIA.chat, message.message_id) is True
    assert await bot.delete_message(MARIA.chat, message.message_id) is True


async def test_a_message_that_nobody_can_delete_any_more_is_left(bot: Bot, telegram: Stage) -> None:
    message = await bot.send_message(MARIA.chat, "hello")
    await telegram.move_clock(hours=49)
    assert await bot.delete_message(MARIA.chat, message.message_id) is True
    assert "hello" in await telegram.phone(MARIA).chat_text()


async def test_the_same_words_about_anything_else_are_raised(bot: Bot, telegram: Stage) -> None:
    for words in (TOO_OLD, NOT_FOUND):
        await telegram.fault("sendMessage", "error", code=400, description=words)
        with pytest.raises(TelegramBadRequest):
            await bot.send_message(MARIA.chat, "hello")


async def test_other_words_about_the_same_are_raised(bot: Bot, telegram: Stage) -> None:
    await telegram.fault("answerCallbackQuery", "error", code=400, description=NOT_FOUND)
    with pytest.raises(TelegramBadRequest):
        await bot.answer_callback_query("1")
    await telegram.fault("deleteMessage", "error", code=400, description="Bad Request: message can't be deleted")
    with pytest.raises(TelegramBadRequest):
        await bot.delete_message(MARIA.chat, 1)


@pytest.mark.parametrize(("code", "error"), [(403, TelegramForbiddenError), (500, TelegramServerError)])
async def test_everything_else_is_raised(bot: Bot, telegram: Stage, code: int, error: type[Exception]) -> None:
    await telegram.fault("deleteMessage", "error", code=code)
    with pytest.raises(error):
        await bot.delete_message(MARIA.chat, 1)


@pytest.mark.parametrize("kind", ["html502", "truncated", "timeout_before", "timeout_after"])
async def test_what_is_no_answer_is_trouble_on_the_line(bot: Bot, telegram: Stage, kind: str) -> None:
    """And it is not repeated: half an answer may hold what somebody wrote."""
    await telegram.fault("sendMessage", kind)
    with pytest.raises(TelegramNetworkError) as trouble:
        await bot.send_message(MARIA.chat, "Tulip-1!")
    assert "Tulip" not in str(trouble.value)


async def test_the_word_to_wait_is_passed_on_and_raised(bot: Bot, telegram: Stage, pace: OpenPace) -> None:
    await telegram.fault("sendMessage", "error", retry_after=9)
    with pytest.raises(TelegramRetryAfter):
        await bot.send_message(MARIA.chat, "hello")
    assert pace.pauses == [9]


async def test_what_goes_well_pauses_nobody(bot: Bot, pace: OpenPace) -> None:
    assert (await bot.send_message(MARIA.chat, "hello")).text == "hello"
    assert pace.pauses == []
