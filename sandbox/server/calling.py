"""One call of a bot, however it came: judged, answered, and written down."""

import logging
from http import HTTPStatus
from typing import Final, NamedTuple

from sandbox.bots import Bot
from sandbox.calls.flood import SEVERAL, counts
from sandbox.calls.parameters import Parameters
from sandbox.methods import Call, Method
from sandbox.refusals import Refusal, TooManyRequests
from sandbox.wire import Described, written
from sandbox.world import World

JSON_TYPE: Final = "application/json"
CRASHED: Final = written({"ok": False, "error_code": 500, "description": "Internal Server Error"})

_log = logging.getLogger(__name__)


class Answer(NamedTuple):
    status: int
    body: bytes
    content_type: str = JSON_TYPE
    retry_after: int | None = None


async def run(world: World, bot: Bot, method: Method, parameters: Parameters) -> Answer:
    """What the method says, or what Telegram would refuse it with."""
    try:
        if world.flood.on and counts(method.key):
            result = await _run_within_limits(world, bot, method, parameters)
        else:
            result = await method.run(Call(world, bot, parameters))
        return Answer(HTTPStatus.OK, _envelope(result))
    except Refusal as refusal:
        return refused(refusal)
    except Exception:
        _log.exception("%s failed", method.name)
        return Answer(HTTPStatus.INTERNAL_SERVER_ERROR, CRASHED)


def _envelope(result: object) -> bytes:
    if isinstance(result, Described):
        return written({"ok": True, "result": result.result, "description": result.description})
    return b'{"ok":true,"result":' + written(result) + b"}"


async def _run_within_limits(world: World, bot: Bot, method: Method, parameters: Parameters) -> object:
    """Only what has come through counts: a refused call takes nothing."""
    call = Call(world, bot, parameters)
    try:
        chat, messages = call.chat().id, _messages(method, parameters)
    except Refusal:
        return await method.run(call)
    now = world.clock.now()
    try:
        world.flood.require_room(bot.id, chat, messages, now)
    except TooManyRequests:
        world.events.changed("flood")
        raise
    result = await method.run(call)
    world.flood.count(bot.id, chat, messages, now)
    return result


def _messages(method: Method, parameters: Parameters) -> int:
    field = SEVERAL.get(method.key)
    several = parameters.structure(field, field) if field else None
    return max(1, len(several)) if isinstance(several, list) else 1


def log(world: World, bot: Bot | None, method: str, parameters: Parameters, answer: Answer) -> None:
    """Without a bot where the token was wrong."""
    chat = parameters.chat_or_none()
    if chat is None and bot is not None:
        chat = bot.queries.chat_of(parameters.text("callback_query_id"))
    world.log.add(
        at=world.clock.now(),
        bot=bot.id if bot is not None else None,
        method=method,
        params=parameters.values,
        chat=chat,
        status=answer.status,
        body=answer.body,
    )
    world.events.changed("calls")


def refused(refusal: Refusal) -> Answer:
    retry_after = refusal.retry_after if isinstance(refusal, TooManyRequests) else None
    return Answer(refusal.code, written(refusal.envelope()), retry_after=retry_after)
