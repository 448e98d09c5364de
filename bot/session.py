"""Every call to Telegram passes here: the pace, the numbers, and what a repeated update may find already done."""

from json import JSONDecodeError
from typing import Any, Final, cast

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import AnswerCallbackQuery, DeleteMessage, EditMessageReplyMarkup, Response, TelegramMethod
from aiogram.methods.base import TelegramType

from bot.metrics import OTHER, Metrics
from core.alerts.pace import Pace
from core.failpoints import reach

# The second of DeleteMessage's is said of messages older than 48 hours: nobody can delete them any more. Where no
# message is named, no buttons have to go.
ALREADY_DONE: Final[dict[type[TelegramMethod[Any]], tuple[str, ...]]] = {
    AnswerCallbackQuery: ("query is too old",),
    DeleteMessage: ("message to delete not found", "message can't be deleted for everyone"),
    EditMessageReplyMarkup: ("message identifier is not specified",),
}
ON_SCREEN: Final = ("SendMessage", "EditMessageText")
# What Telegram's limits count; an answered button or a deleted message is none.
MESSAGES: Final = (*ON_SCREEN, "EditMessageReplyMarkup", "SendDocument")
OUTCOMES: Final[dict[type[Exception], str]] = {
    TelegramRetryAfter: "told_to_wait",
    TelegramForbiddenError: "forbidden",
    TelegramServerError: "server_error",
    TelegramNetworkError: "network",
    ClientDecodeError: "garbled",
    TelegramAPIError: "refused",
}


class CountedCalls(BaseRequestMiddleware):
    """The innermost: counts what Telegram said, before anybody forgives it."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        try:
            response = await make_request(bot, method)
        except Exception as failure:
            self._metrics.called(method.__api_method__, _outcome_of(failure))
            raise
        self._metrics.called(method.__api_method__, "ok")
        return response


class PacedCalls(BaseRequestMiddleware):
    """Counts answers, passes a `retry_after` on to everybody, and forgives what a second run need not do again.

    An answer that is not JSON, or breaks off, comes from somebody on the way: trouble on the line, and nothing of ours.
    """

    def __init__(self, pace: Pace) -> None:
        self._pace = pace

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        on_screen = type(method).__name__ in ON_SCREEN
        await self._pace.before_answer(counts=type(method).__name__ in MESSAGES)
        if on_screen:
            reach("before screen")
        try:
            response = await make_request(bot, method)
        except TelegramRetryAfter as refusal:
            self._pace.pause(refusal.retry_after)
            raise
        except ClientDecodeError as garbled:
            if not isinstance(garbled.original, JSONDecodeError):
                raise
            raise TelegramNetworkError(method=method, message="an answer that is no JSON") from None
        except TelegramBadRequest as refusal:
            if not any(words in refusal.message for words in ALREADY_DONE.get(type(method), ())):
                raise
            return cast(Response[TelegramType], True)  # aiogram hands on the bare result, whatever its types say
        if on_screen:
            reach("after screen")
        return response


def _outcome_of(failure: Exception) -> str:
    return next((outcome for kind, outcome in OUTCOMES.items() if isinstance(failure, kind)), OTHER)
