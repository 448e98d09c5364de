"""The person's side and the bare wire, for tests. Whatever a bot is told, aiogram must understand."""

from http import HTTPStatus
from typing import Any, NamedTuple

import aiohttp

from tests.sandbox.answers import METHODS_OF_AIOGRAM, validated

ANNA = 1001
BORIS = 1002


class Heard(NamedTuple):
    status: int
    json: Any
    headers: dict[str, str]


class Hand:
    """`sim` speaks as a person, `bot` as a client without manners."""

    def __init__(self, session: aiohttp.ClientSession, url: str, token: str) -> None:
        self.session = session
        self.url = url
        self.token = token

    async def sim(self, path: str, body: Any = None, **query: Any) -> Any:
        """Get, or post when there is a body; fails the test unless all is well."""
        heard = await self.ask(path, body, **query)
        assert heard.status == 200, heard.json
        return heard.json

    async def ask(self, path: str, body: Any = None, *, verb: str = "", **query: Any) -> Heard:
        verb = verb or ("GET" if body is None else "POST")
        address = f"{self.url}/sim/{path}"
        params = {name: str(value) for name, value in query.items()}
        async with self.session.request(verb, address, json=body, params=params) as response:
            return Heard(response.status, await response.json(), dict(response.headers))

    async def bot(self, method: str, token: str = "", **parameters: Any) -> Heard:
        address = f"{self.url}/bot{token or self.token}/{method}"
        async with self.session.post(address, json=parameters) as response:
            heard = Heard(response.status, await response.json(), dict(response.headers))
        if heard.status == HTTPStatus.OK and method in METHODS_OF_AIOGRAM:
            validated(method, heard.json)
        return heard

    async def result(self, method: str, **parameters: Any) -> Any:
        heard = await self.bot(method, **parameters)
        assert heard.status == 200, heard.json
        return heard.json["result"]

    async def refusal(self, method: str, **parameters: Any) -> str:
        heard = await self.bot(method, **parameters)
        assert heard.json["ok"] is False
        assert heard.json["error_code"] == heard.status
        return str(heard.json["description"])

    async def say(self, text: str, person: int = ANNA) -> Any:
        return await self.sim("say", {"person": person, "text": text})

    async def start(self, person: int = ANNA) -> Any:
        return await self.say("/start", person)

    async def messages(self, person: int = ANNA) -> Any:
        return (await self.sim("chat", person=person))["messages"]

    async def updates(self, **parameters: Any) -> Any:
        return await self.result("getUpdates", **parameters)
