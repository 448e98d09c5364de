"""Calls as JSON say what aiogram's forms say, and their answers are read, and refused, as aiogram reads them."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import AiogramError
from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteMessage,
    EditMessageReplyMarkup,
    EditMessageText,
    SendDocument,
    SendMessage,
    TelegramMethod,
)
from aiogram.types import (
    BufferedInputFile,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from aiohttp import web

from bot.plain_calls import PlainCalls

TOKEN = "100200300:" + "A" * 35
MESSAGE = {"message_id": 5, "date": 0, "chat": {"id": 7, "type": "private"}, "text": "Zażółć"}
BUTTONS = InlineKeyboardMarkup(
    inline_keyboard=[
        [InlineKeyboardButton(text="Меню", callback_data="menu"), InlineKeyboardButton(text="x", url="https://a.b")]
    ]
)
SHARE = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="Share", request_contact=True)]], resize_keyboard=True)
CALLS: list[tuple[TelegramMethod[Any], Any]] = [
    (SendMessage(chat_id=7, text="Zażółć <b>jaźń</b>", parse_mode="HTML", reply_markup=BUTTONS), MESSAGE),
    (SendMessage(chat_id=7, text="hello", reply_markup=SHARE, disable_notification=True), MESSAGE),
    (SendMessage(chat_id=7, text="hello", reply_markup=ReplyKeyboardRemove(remove_keyboard=True)), MESSAGE),
    (SendMessage(chat_id=7, text="hello", reply_markup=ForceReply(force_reply=True)), MESSAGE),
    (EditMessageText(chat_id=7, message_id=5, text="& more", reply_markup=BUTTONS), MESSAGE),
    (EditMessageReplyMarkup(chat_id=7, message_id=5), True),
    (AnswerCallbackQuery(callback_query_id="9", text="taken", show_alert=True), True),
    (AnswerCallbackQuery(callback_query_id="9"), True),
    (DeleteMessage(chat_id=7, message_id=5), True),
    (SendDocument(chat_id=7, document=BufferedInputFile(b"BEGIN:VCALENDAR", "visit.ics")), MESSAGE),
]
REFUSALS = [
    (200, b'{"ok": false, "error_code": 400, "description": "Bad Request: no"}'),
    (400, b'{"ok": false, "error_code": 400, "description": "Bad Request: message is not modified"}'),
    (403, b'{"ok": false, "error_code": 403, "description": "Forbidden: bot was blocked by the user"}'),
    (429, b'{"ok": false, "error_code": 429, "description": "Too Many", "parameters": {"retry_after": 3}}'),
    (500, b'{"ok": false, "error_code": 500, "description": "Internal Server Error"}'),
    (502, b"<html>Bad Gateway</html>"),
    (200, b'{"ok": true, "result": {"mess'),
    (200, b'{"ok": true, "result": {"message_id": "not a number"}}'),
]


@asynccontextmanager
async def telegram(status: int, body: bytes) -> AsyncIterator[tuple[str, list[dict[str, Any]]]]:
    """A server that gives one answer, and what it was told: each parameter as Telegram reads it."""
    told: list[dict[str, Any]] = []

    async def answer(request: web.Request) -> web.Response:
        given = dict(await (request.json() if request.content_type == "application/json" else request.post()))
        told.append({"method": request.match_info["method"], **{name: _read(value) for name, value in given.items()}})
        return web.Response(status=status, body=body, content_type="application/json")

    app = web.Application()
    app.add_routes([web.post("/bot{token}/{method}", answer)])
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    [address] = runner.addresses
    try:
        yield f"http://127.0.0.1:{address[1]}", told
    finally:
        await runner.cleanup()


def _read(value: Any) -> Any:
    """A field of a form is text: what looks like JSON is JSON, as Telegram takes it. A file is its bytes."""
    if isinstance(value, web.FileField):
        return value.filename, value.file.read()
    try:
        return json.loads(value) if isinstance(value, str) else value
    except ValueError:
        return "attached" if value.startswith("attach://") else value


async def _asked(kind: type[AiohttpSession], url: str, method: TelegramMethod[Any], **default: Any) -> Any:
    session = kind(api=TelegramAPIServer.from_base(url))
    async with Bot(TOKEN, session=session, default=DefaultBotProperties(**default)) as bot:
        try:
            return await bot(method)
        except AiogramError as refusal:
            return type(refusal), getattr(refusal, "retry_after", None), getattr(refusal, "message", "")


@pytest.mark.parametrize(("method", "result"), CALLS)
async def test_telegram_is_told_the_same_and_the_answer_is_the_same(method: TelegramMethod[Any], result: Any) -> None:
    async with telegram(200, json.dumps({"ok": True, "result": result}).encode()) as (url, told):
        plainly, stock = [await _asked(kind, url, method) for kind in (PlainCalls, AiohttpSession)]
    ours, theirs = [{name: value for name, value in call.items() if not isinstance(value, tuple)} for call in told]
    assert ours == theirs
    assert plainly == stock


async def test_what_the_bot_does_by_default_it_does_here_too() -> None:
    method = SendMessage(chat_id=7, text="<b>hello</b>")
    async with telegram(200, json.dumps({"ok": True, "result": MESSAGE}).encode()) as (url, told):
        for kind in (PlainCalls, AiohttpSession):
            await _asked(kind, url, method, parse_mode="HTML")
    assert [call["parse_mode"] for call in told] == ["HTML", "HTML"]


@pytest.mark.parametrize(("status", "body"), REFUSALS)
async def test_every_refusal_is_the_librarys_own(status: int, body: bytes) -> None:
    method = SendMessage(chat_id=7, text="hello")
    async with telegram(status, body) as (url, _):
        plainly, stock = [await _asked(kind, url, method) for kind in (PlainCalls, AiohttpSession)]
    assert plainly == stock
    assert isinstance(stock, tuple)
