"""Calls that carry words and buttons alone go to Telegram as JSON, and their answers are read in one step."""

from typing import Any, Final, cast

from aiogram import Bot
from aiogram.client.default import Default
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteMessage,
    EditMessageReplyMarkup,
    EditMessageText,
    Response,
    SendMessage,
    TelegramMethod,
)
from aiogram.methods.base import TelegramType
from aiogram.types import InlineKeyboardMarkup, ReplyKeyboardMarkup, ReplyKeyboardRemove
from aiohttp import ClientError, ClientTimeout
from pydantic import ValidationError

PLAIN: Final = (SendMessage, EditMessageText, AnswerCallbackQuery, DeleteMessage, EditMessageReplyMarkup)
AS_THEY_ARE: Final = (str, int, InlineKeyboardMarkup, ReplyKeyboardMarkup, ReplyKeyboardRemove)
JSON: Final = {"Content-Type": "application/json"}
OK: Final = 200


class PlainCalls(AiohttpSession):
    """aiogram makes a form of every call, each of its fields a JSON text of its own, and reads answers twice."""

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 - the library's own
    ) -> TelegramType:
        body = _body_of(method, bot)
        if body is None:
            return await super().make_request(bot, method, timeout)
        url = self.api.api_url(token=bot.token, method=method.__api_method__)
        session = await self.create_session()
        try:
            async with session.post(
                url, data=body, headers=JSON, timeout=ClientTimeout(timeout or self.timeout)
            ) as answer:
                status, content = answer.status, await answer.read()
        except TimeoutError:
            raise TelegramNetworkError(method=method, message="Request timeout error") from None
        except ClientError as error:
            raise TelegramNetworkError(method=method, message=type(error).__name__) from None
        return cast(TelegramType, self._read(bot, method, status, content))

    def _read(self, bot: Bot, method: TelegramMethod[Any], status: int, content: bytes) -> Any:
        """What is not as it should be the library names in its own way."""
        if status == OK:
            returned: Any = method.__returning__
            try:
                response = Response[returned].model_validate_json(content, context={"bot": bot})
            except ValidationError:
                pass
            else:
                if response.ok:
                    return response.result
        return self.check_response(bot, method, status, content.decode(errors="replace")).result


def _body_of(method: TelegramMethod[Any], bot: Bot) -> bytes | None:
    """None for what the library has to make up itself: files, and what it knows of by default."""
    if not isinstance(method, PLAIN):
        return None
    unsaid = set()
    for name, value in method.__dict__.items():
        if value is None or (isinstance(value, Default) and bot.default[value.name] is None):
            unsaid.add(name)
        elif not isinstance(value, AS_THEY_ARE):
            return None
    return method.model_dump_json(exclude=unsaid, exclude_none=True).encode()
