"""The Bot API over HTTP: one address, one envelope."""

import asyncio
import logging
from http import HTTPStatus
from typing import NamedTuple

from aiohttp import web

from sandbox.bodies import read_parameters
from sandbox.bots import Bot
from sandbox.call_log import DROPPED
from sandbox.faults import Fault, FaultKind
from sandbox.files import DOWNLOAD_BYTES, UNKNOWN_KIND
from sandbox.methods import Call, Method, find_method
from sandbox.parameters import Parameters
from sandbox.refusals import NotFound, Refusal, TooManyRequests
from sandbox.wire import written
from sandbox.world import World

JSON_TYPE = "application/json"
BAD_GATEWAY_PAGE = b"<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n</body>\r\n</html>\r\n"
CRASHED = written({"ok": False, "error_code": 500, "description": "Internal Server Error"})

_log = logging.getLogger(__name__)


class Answer(NamedTuple):
    status: int
    body: bytes
    content_type: str = JSON_TYPE
    retry_after: int | None = None

    def response(self) -> web.Response:
        headers = {"Content-Type": self.content_type}
        if self.retry_after is not None:
            headers["Retry-After"] = str(self.retry_after)
        return web.Response(status=self.status, body=self.body, headers=headers)


class BotApi:
    def __init__(self, world: World) -> None:
        self._world = world

    async def answer(self, request: web.Request) -> web.Response:
        """One call: refused or answered, spoiled if the plan says so, and written down."""
        world = self._world
        try:
            bot = world.bots.of_token(request.match_info["token"])
            method = find_method(request.match_info["method"])
            parameters = await read_parameters(request)
        except Refusal as refusal:
            return refused(refusal).response()
        chat = parameters.chat_or_none() or bot.queries.chat_of(parameters.text("callback_query_id"))
        fault = world.faults.take(method.key, chat)
        if fault is None:
            answer = await self._run(bot, method, parameters)
        else:
            answer = await self._spoiled(fault, bot, method, parameters)
        world.log.add(
            at=world.clock.now(),
            bot=bot.id,
            method=method.name,
            params=parameters.values,
            chat=chat,
            status=answer.status,
            body=answer.body,
        )
        if fault is not None:
            world.events.changed("faults")
            await asyncio.sleep(fault.seconds)
        if answer.status == DROPPED:
            return dropped(request)
        return answer.response()

    async def file(self, request: web.Request) -> web.Response:
        """What `getFile` pointed to."""
        try:
            bot = self._world.bots.of_token(request.match_info["token"])
            stored = self._world.files.at(bot.id, request.match_info["path"])
            if stored is None or len(stored.content) > DOWNLOAD_BYTES:
                raise NotFound
        except Refusal as refusal:
            return refused(refusal).response()
        return web.Response(body=stored.content, content_type=UNKNOWN_KIND)

    async def _run(self, bot: Bot, method: Method, parameters: Parameters) -> Answer:
        try:
            result = await method.run(Call(self._world, bot, parameters))
        except Refusal as refusal:
            return refused(refusal)
        except Exception:
            _log.exception("%s failed", method.name)
            return Answer(HTTPStatus.INTERNAL_SERVER_ERROR, CRASHED)
        return Answer(HTTPStatus.OK, b'{"ok":true,"result":' + written(result) + b"}")

    async def _spoiled(self, fault: Fault, bot: Bot, method: Method, parameters: Parameters) -> Answer:
        """What the fault plan makes of the same call."""
        answer = await self._run(bot, method, parameters) if fault.takes_effect else Answer(DROPPED, b"")
        match fault.kind:
            case FaultKind.ERROR:
                return Answer(fault.code, written(fault.envelope()), retry_after=fault.retry_after)
            case FaultKind.HTML_502:
                return Answer(HTTPStatus.BAD_GATEWAY, BAD_GATEWAY_PAGE, content_type="text/html")
            case FaultKind.TRUNCATED:
                return answer._replace(body=answer.body[: len(answer.body) // 2])
            case FaultKind.TIMEOUT_AFTER:
                return answer._replace(status=DROPPED)
            case _:
                return answer


def refused(refusal: Refusal) -> Answer:
    retry_after = refusal.retry_after if isinstance(refusal, TooManyRequests) else None
    return Answer(refusal.code, written(refusal.envelope()), retry_after=retry_after)


async def not_found(request: web.Request) -> web.Response:
    """An address of the Bot API's kind that names no method."""
    return refused(NotFound()).response()


def dropped(request: web.Request) -> web.Response:
    """The line goes dead: nothing of the returned response can leave any more."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE)
