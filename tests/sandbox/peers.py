"""Two independent clients of the Bot API, unmodified, behind one small face."""

from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import aiogram
import telegram
from aiogram import exceptions, types
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.methods.base import TelegramMethod
from aiogram.types import InlineKeyboardButton as AiogramButton
from aiogram.types import InlineKeyboardMarkup as AiogramKeyboard
from telegram import error
from telegram.ext import ExtBot

Rows = Sequence[Sequence[tuple[str, str]]]

CODES_OF_AIOGRAM: dict[type[Exception], int] = {
    exceptions.TelegramRetryAfter: 429,
    exceptions.TelegramBadRequest: 400,
    exceptions.TelegramUnauthorizedError: 401,
    exceptions.TelegramForbiddenError: 403,
    exceptions.TelegramNotFound: 404,
    exceptions.TelegramConflictError: 409,
    exceptions.TelegramEntityTooLarge: 413,
    exceptions.TelegramServerError: 500,
}
CODES_OF_PTB: dict[type[Exception], int] = {
    error.BadRequest: 400,
    error.InvalidToken: 401,
    error.Forbidden: 403,
    error.Conflict: 409,
}
ORIGINAL_OF_AIOGRAM = "\nOriginal description: "
TITLES_OF_PTB = {"not found": 404, "request entity too large": 413}


@dataclass(eq=False)
class Refused(Exception):
    """What a client made of a refusal; the text in lower case, because one of them capitalises."""

    code: int
    text: str
    retry_after: int | None = None


class Peer(Protocol):
    async def call(self, method: str, **parameters: Any) -> Any:
        """The client's own method of that name, in snake case; raises Refused."""

    async def call_unknown(self, method: str) -> Any:
        """A method that the client has no words for; raises Refused."""

    def keyboard(self, rows: Rows) -> Any: ...

    def contact_keyboard(self, text: str) -> Any: ...

    def no_keyboard(self) -> Any: ...

    def reactions(self, *emoji: str) -> Any: ...

    def file(self, content: bytes, name: str) -> Any: ...

    async def download(self, file_id: str) -> bytes:
        """Asks where the file is, and fetches it; raises Refused."""

    async def close(self) -> None: ...


class AiogramPeer:
    def __init__(self, url: str, token: str) -> None:
        self.bot = aiogram.Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(url)))

    async def call(self, method: str, **parameters: Any) -> Any:
        return await self._heard(getattr(self.bot, method)(**parameters))

    async def _heard(self, call: Awaitable[Any]) -> Any:
        try:
            return await call
        except exceptions.TelegramAPIError as refusal:
            code = CODES_OF_AIOGRAM.get(type(refusal), 0)
            retry_after = getattr(refusal, "retry_after", None)
            raise Refused(code, plain(refusal.message.rpartition(ORIGINAL_OF_AIOGRAM)[2]), retry_after) from refusal

    async def call_unknown(self, method: str) -> Any:
        class Unknown(TelegramMethod[bool]):
            __returning__ = bool
            __api_method__ = method

        return await self._heard(self.bot(Unknown()))

    def keyboard(self, rows: Rows) -> AiogramKeyboard:
        return AiogramKeyboard(
            inline_keyboard=[[AiogramButton(text=text, callback_data=data) for text, data in row] for row in rows]
        )

    def contact_keyboard(self, text: str) -> types.ReplyKeyboardMarkup:
        button = types.KeyboardButton(text=text, request_contact=True)
        return types.ReplyKeyboardMarkup(keyboard=[[button]], resize_keyboard=True, one_time_keyboard=True)

    def no_keyboard(self) -> types.ReplyKeyboardRemove:
        return types.ReplyKeyboardRemove()

    def reactions(self, *emoji: str) -> list[types.ReactionTypeEmoji]:
        return [types.ReactionTypeEmoji(emoji=one) for one in emoji]

    def file(self, content: bytes, name: str) -> types.BufferedInputFile:
        return types.BufferedInputFile(content, name)

    async def download(self, file_id: str) -> bytes:
        found = await self.call("get_file", file_id=file_id)
        content = await self.bot.download_file(found.file_path)
        return content.read() if content else b""

    async def close(self) -> None:
        await self.bot.session.close()


class PtbPeer:
    def __init__(self, url: str, token: str) -> None:
        self.bot: ExtBot[None] = ExtBot(token, base_url=f"{url}/bot", base_file_url=f"{url}/file/bot")

    async def call(self, method: str, **parameters: Any) -> Any:
        try:
            return await getattr(self.bot, method)(**parameters)
        except error.TelegramError as refusal:
            raise refused_by_ptb(refusal) from refusal

    async def call_unknown(self, method: str) -> Any:
        return await self.call("_post", endpoint=method)

    def keyboard(self, rows: Rows) -> telegram.InlineKeyboardMarkup:
        return telegram.InlineKeyboardMarkup(
            [[telegram.InlineKeyboardButton(text, callback_data=data) for text, data in row] for row in rows]
        )

    def contact_keyboard(self, text: str) -> telegram.ReplyKeyboardMarkup:
        button = telegram.KeyboardButton(text, request_contact=True)
        return telegram.ReplyKeyboardMarkup([[button]], resize_keyboard=True, one_time_keyboard=True)

    def no_keyboard(self) -> telegram.ReplyKeyboardRemove:
        return telegram.ReplyKeyboardRemove()

    def reactions(self, *emoji: str) -> list[telegram.ReactionTypeEmoji]:
        return [telegram.ReactionTypeEmoji(one) for one in emoji]

    def file(self, content: bytes, name: str) -> telegram.InputFile:
        return telegram.InputFile(content, filename=name)

    async def download(self, file_id: str) -> bytes:
        found: telegram.File = await self.call("get_file", file_id=file_id)
        return bytes(await found.download_as_bytearray())

    async def close(self) -> None:
        for request in self.bot._request:
            await request.shutdown()


def refused_by_ptb(refusal: error.TelegramError) -> Refused:
    """It tells 404 from 401, and 413 from a broken line, by the title alone; of a flood it keeps the seconds."""
    if isinstance(refusal, error.RetryAfter):
        seconds = round(refusal._retry_after.total_seconds())
        return Refused(429, f"retry after {seconds}", seconds)
    title = refusal.message.lower().partition(":")[0]
    code = TITLES_OF_PTB.get(title) or CODES_OF_PTB.get(type(refusal), 0)
    return Refused(code, plain(refusal.message))


def plain(text: str) -> str:
    lowered = text.lower()
    for prefix in ("bad request: ", "forbidden: ", "conflict: ", "not found: ", "too many requests: "):
        lowered = lowered.removeprefix(prefix)
    return lowered
