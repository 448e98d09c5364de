"""A bot that Telegram knows: people can write to it, although nobody is at work."""

import aiohttp

from tests.stage.stage import TOKEN, Stage


async def make_known(telegram: Stage) -> None:
    async with aiohttp.ClientSession() as http, http.get(f"{telegram.telegram.url}/bot{TOKEN}/getMe") as response:
        assert response.status == 200
