"""The ledger of all replicas in Redis. Nothing in it is the truth: it may be emptied, stopped or slow at any moment."""

import asyncio
from hashlib import blake2b, sha256
from pathlib import Path
from typing import Final

import structlog
from redis.asyncio import Redis
from redis.commands.core import AsyncScript
from redis.exceptions import RedisError, ResponseError

from bot.shared.budget import HAIR_SECONDS, MOST_A_SECOND, SECOND, handful_of, rest_of
from bot.shared.ledger import ChatRests, EverybodyWaits, Place, Verdict

PATIENCE_SECONDS: Final = 0.2
LONGEST_BELIEVED_SECONDS: Final = 60.0
MICROSECONDS: Final = 1_000_000
TROUBLE: Final = (RedisError, OSError, TimeoutError)


class Unbelievable(RedisError):
    """An answer that no rule of ours gives."""


class RedisLedger:
    """Asked until it fails; then left alone until `look` finds it again, with one warning for the whole outage.

    Keys begin with the bot's id and expire by themselves. A chat stands there under a name that only `secret` makes.
    """

    def __init__(self, redis: Redis, bot_id: int, secret: str, patience: float = PATIENCE_SECONDS) -> None:
        self._redis = redis
        self._patience = patience
        self._secret = sha256(secret.encode()).digest()
        self._prefix = f"reception:{{{bot_id}}}"
        self._place, self._answer, self._tell = (_script(redis, name) for name in ("place", "answer", "pause"))
        self._lost = self._warned = False
        self._broken: list[str] = []

    async def place(self, chat_id: int) -> Verdict | None:
        keys = [*self._keys("gone", "answers", "handful", "pause"), self._name_of(chat_id)]
        rule = MOST_A_SECOND, handful_of(MOST_A_SECOND)
        return await self._ask(self._place, keys, *rule, *map(_micro, (SECOND, HAIR_SECONDS, rest_of(chat_id))))

    async def answer(self) -> float:
        verdict = await self._ask(self._answer, self._keys("gone", "answers", "pause"), _micro(SECOND))
        return verdict.wait if isinstance(verdict, EverybodyWaits) else 0.0

    async def pause(self, seconds: float) -> None:
        """Everybody waits; the longer wait counts."""
        await self._ask(self._tell, self._keys("pause"), _micro(seconds))

    async def look(self) -> None:
        """Whether a lost Redis answers again. What made a script stumble there is not ours, and goes."""
        if not self._lost:
            return
        try:
            async with asyncio.timeout(self._patience):
                await (self._redis.delete(*self._broken) if self._broken else self._redis.exists(self._prefix))
        except TROUBLE:
            return
        self._lost, self._broken = False, []

    async def _ask(self, script: AsyncScript, keys: list[str], *rule: int) -> Verdict | None:
        if self._lost:
            return None
        try:
            async with asyncio.timeout(self._patience):
                verdict = _verdict(*await script(keys=keys, args=rule))
        except TROUBLE as trouble:
            self._lose(trouble, keys)
            return None
        self._find()
        return verdict

    def _lose(self, trouble: Exception, keys: list[str]) -> None:
        self._lost = True
        if isinstance(trouble, ResponseError | Unbelievable):
            self._broken = keys
        if not self._warned:
            self._warned = True
            structlog.get_logger().warning("redis.lost", kind=type(trouble).__name__)

    def _find(self) -> None:
        """An outage is over when something was written again, and not when somebody merely answers."""
        if self._warned and not self._lost:
            self._warned = False
            structlog.get_logger().info("redis.back")

    def _keys(self, *names: str) -> list[str]:
        return [f"{self._prefix}:{name}" for name in names]

    def _name_of(self, chat_id: int) -> str:
        name = blake2b(str(chat_id).encode(), key=self._secret, digest_size=16).hexdigest()
        return f"{self._prefix}:chat:{name}"


def _script(redis: Redis, name: str) -> AsyncScript:
    return redis.register_script((Path(__file__).parent / f"{name}.lua").read_text(encoding="utf-8"))


def _micro(seconds: float) -> int:
    return round(seconds * MICROSECONDS)


def _verdict(which: int, microseconds: int) -> Verdict:
    """Raises Unbelievable: a clock there may have jumped, or a key may be somebody else's."""
    wait = microseconds / MICROSECONDS
    if which == 2 and wait >= 0:
        return EverybodyWaits(min(wait, LONGEST_BELIEVED_SECONDS))
    if which in (0, 1) and 0 <= wait <= LONGEST_BELIEVED_SECONDS:
        return (Place, ChatRests)[which](wait)
    raise Unbelievable("no such verdict")
