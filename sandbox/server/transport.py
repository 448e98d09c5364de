"""The Bot API over HTTP: one address, one envelope."""

import asyncio
from functools import partial
from http import HTTPStatus
from typing import Final

from aiohttp import web

from sandbox.bots import Bot
from sandbox.calls.bodies import read_parameters
from sandbox.calls.call_log import DROPPED
from sandbox.calls.faults import Fault, FaultKind
from sandbox.calls.parameters import Parameters
from sandbox.files import UNKNOWN_KIND
from sandbox.methods import Method, find_method
from sandbox.refusals import NotFound, Refusal
from sandbox.server.calling import Answer, log, refused, run
from sandbox.server.webhook_reply import run_reply
from sandbox.wire import written
from sandbox.world import World

BAD_GATEWAY_PAGE: Final = b"<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n</body>\r\n</html>\r\n"
NOTHING: Final = Parameters({})


class BotApi:
    def __init__(self, world: World) -> None:
        self._world = world
        world.bots.run_reply = partial(run_reply, world)

    async def answer(self, request: web.Request) -> web.Response:
        """One call: refused or answered, spoiled if the plan says so, and written down."""
        world, name = self._world, request.match_info["method"]
        bot, parameters = None, NOTHING
        try:
            bot = world.bots.of_token(request.match_info["token"])
            parameters = await read_parameters(request)
            method = find_method(name or parameters.text("method"))
        except Refusal as refusal:
            answer = refused(refusal)
            log(world, bot, name, parameters, answer)
            return response(answer)
        if world.faults.faults:
            return await self._answer_by_plan(request, bot, method, parameters)
        answer = await run(world, bot, method, parameters)
        log(world, bot, method.name, parameters, answer)
        return response(answer)

    async def file(self, request: web.Request) -> web.Response:
        """What `getFile` pointed to."""
        try:
            bot = self._world.bots.of_token(request.match_info["token"])
            stored = self._world.files.at(bot.id, request.match_info["path"])
            if stored is None:
                raise NotFound
        except Refusal as refusal:
            return response(refused(refusal))
        return web.Response(body=stored.content, content_type=UNKNOWN_KIND)

    async def _answer_by_plan(
        self, request: web.Request, bot: Bot, method: Method, parameters: Parameters
    ) -> web.Response:
        world = self._world
        chat = parameters.chat_or_none() or bot.queries.chat_of(parameters.text("callback_query_id"))
        fault = world.faults.take(method.key, chat, world.clock.now())
        if fault is None:
            answer = await run(world, bot, method, parameters)
        else:
            answer = await self._spoiled(fault, bot, method, parameters)
        log(world, bot, method.name, parameters, answer)
        if fault is not None:
            world.events.changed("faults")
            await asyncio.sleep(fault.seconds)
        return dropped(request) if answer.status == DROPPED else response(answer)

    async def _spoiled(self, fault: Fault, bot: Bot, method: Method, parameters: Parameters) -> Answer:
        """What the fault plan makes of the same call."""
        answer = await run(self._world, bot, method, parameters) if fault.takes_effect else Answer(DROPPED, b"")
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


def response(answer: Answer) -> web.Response:
    headers = {"Content-Type": answer.content_type}
    if answer.retry_after is not None:
        headers["Retry-After"] = str(answer.retry_after)
    return web.Response(status=answer.status, body=answer.body, headers=headers)


async def not_found(request: web.Request) -> web.Response:
    """An address of the Bot API's kind that names no method."""
    return response(refused(NotFound()))


def dropped(request: web.Request) -> web.Response:
    """The line goes dead: nothing of the returned response can leave any more."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE)
