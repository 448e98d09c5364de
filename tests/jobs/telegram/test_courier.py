"""Telegram's courier in front of a server that answers as no sandbox does."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

from jobs.courier import Carried, Delivery
from jobs.telegram.courier import TelegramCourier
from tests.core.open_pace import OpenPace
from tests.stage.house import PROFILE

TOKEN = "100200300:" + "A" * 35
GROUP, SUPERGROUP = -77, -1000000000077


@asynccontextmanager
async def moved_group() -> AsyncIterator[tuple[TelegramCourier, list[int]]]:
    """A group that has become a supergroup: its old number is refused, with the new one beside."""
    asked: list[int] = []

    async def answer(request: web.Request) -> web.Response:
        chat: Any = (await request.json())["chat_id"]
        asked.append(chat)
        if chat == SUPERGROUP:
            return web.json_response({"ok": True, "result": {"message_id": 1}})
        words = "Bad Request: group chat was upgraded to a supergroup chat"
        envelope = {"ok": False, "error_code": 400, "description": words}
        return web.json_response(envelope | {"parameters": {"migrate_to_chat_id": SUPERGROUP}}, status=400)

    app = web.Application()
    app.add_routes([web.post("/bot{token}/{method}", answer)])
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    [address] = runner.addresses
    courier = TelegramCourier(TOKEN, f"http://127.0.0.1:{address[1]}", OpenPace(), PROFILE)
    try:
        yield courier, asked
    finally:
        await courier.close()
        await runner.cleanup()


async def test_operators_are_followed_when_their_group_becomes_a_supergroup() -> None:
    async with moved_group() as (courier, asked):
        assert await courier.tell(GROUP, "New cases: 1") == Carried(Delivery.SENT)
        assert await courier.tell(GROUP, "New cases: 2") == Carried(Delivery.SENT)
    assert asked == [GROUP, SUPERGROUP, SUPERGROUP]
