"""Posting a bot's updates to its webhook: in order within a chat, many chats at once, until each has arrived."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import TypeAlias

from sandbox.clock import SandboxClock
from sandbox.hearing.told import Told
from sandbox.hearing.updates import UpdateQueue
from sandbox.hearing.webhook import Patience, Webhook
from sandbox.hearing.webhook_post import Heard, Postman
from sandbox.wire import Json

Reply: TypeAlias = Callable[[Heard], Awaitable[None]]


class Delivery:
    """`reply` is given every good answer: it may hold a call of the bot."""

    def __init__(
        self, webhook: Webhook, updates: UpdateQueue, clock: SandboxClock, patience: Patience, reply: Reply
    ) -> None:
        self.webhook = webhook
        self._updates = updates
        self._clock = clock
        self._patience = patience
        self._reply = reply
        self._last_error: Json = {}
        self._postman = Postman(webhook, patience.seconds)
        self._connections = asyncio.Semaphore(webhook.wanted.max_connections)
        self._lanes: dict[int, deque[Told]] = {}
        self._walks: set[asyncio.Task[None]] = set()
        updates.on_put = self._take
        for told in updates.waiting():
            self._take(told)

    def as_telegram(self) -> Json:
        wanted = self.webhook.wanted
        return {
            "url": wanted.url,
            "has_custom_certificate": wanted.certificate is not None,
            "pending_update_count": len(self._updates),
            "ip_address": str(self.webhook.endpoint.address),
            **self._last_error,
            "max_connections": wanted.max_connections,
        }

    def as_json(self) -> Json:
        """What the people's side shows."""
        return {"url": self.webhook.wanted.url, "pending_update_count": len(self._updates), **self._last_error}

    def forget(self) -> None:
        """What was on its way is let go; what comes next does not wait for it."""
        self._last_error = {}
        self._lanes.clear()
        for walk in self._walks:
            walk.cancel()

    async def close(self) -> None:
        self._updates.on_put = None
        walks = tuple(self._walks)
        self.forget()
        try:
            await asyncio.gather(*walks, return_exceptions=True)
        finally:
            await self._postman.close()

    def _take(self, told: Told) -> None:
        waiting = self._lanes.get(told.lane)
        if waiting is not None:
            waiting.append(told)
            return
        waiting = self._lanes[told.lane] = deque([told])
        walk = asyncio.get_running_loop().create_task(self._walk(told.lane, waiting))
        self._walks.add(walk)
        walk.add_done_callback(self._walks.discard)

    async def _walk(self, lane: int, waiting: deque[Told]) -> None:
        while waiting:
            await self._deliver(waiting[0])
            waiting.popleft()
        del self._lanes[lane]

    async def _deliver(self, told: Told) -> None:
        """Again and again until it has arrived, or is too old to be kept."""
        failures = 0
        while self._updates.holds(told.update_id):
            async with self._connections:
                told.deliveries += 1
                heard = await self._postman.post(told.body)
            if not heard.error:
                self._updates.confirm(told.update_id)
                await self._reply(heard)
                return
            failures += 1
            self._last_error = {"last_error_date": int(self._clock.now()), "last_error_message": heard.error}
            await asyncio.sleep(heard.retry_after or self._patience.delay(failures))
