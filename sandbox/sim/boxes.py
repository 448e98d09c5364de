"""What mailboxes and SMS inboxes have in common: look, mark as read, throw away."""

from typing import Generic

from aiohttp import web

from sandbox.post.addresses import Kind
from sandbox.post.box import ArrivedT, Box, Wanted
from sandbox.post.office import belonging_to, sent_to
from sandbox.sim.asked import LONGEST_WAIT_SECONDS, Asked, Missing, Mistake, answer
from sandbox.world import World

ADDRESS = {Kind.MAIL: "address", Kind.SMS: "number"}


class BoxRoutes(Generic[ArrivedT]):
    def __init__(self, world: World, box: Box[ArrivedT], called: str) -> None:
        self._world = world
        self._box = box
        self._called = called

    async def all(self, request: web.Request) -> web.Response:
        asked = await Asked.of(request, self._world)
        wanted, after = self._wanted(asked), asked.whole("after")
        if after is not None:
            seconds = min(asked.seconds("timeout") or 0.0, LONGEST_WAIT_SECONDS)
            await self._box.wait_for_some(wanted, after=after, seconds=seconds)
        return answer({self._called: [arrived.as_listed() for arrived in self._box.where(wanted, after or 0)]})

    async def read(self, request: web.Request) -> web.Response:
        asked = await Asked.of(request, self._world)
        number = asked.whole(self._box.kind)
        if number is None and not self._narrowed(asked):
            raise Mistake("Say what has been read.")
        arrived = list(self._box.where(self._wanted(asked))) if number is None else [self.one(number)]
        for one in arrived:
            one.unread = False
        self._world.post.tell(self._box.kind, *arrived)
        return answer({})

    async def clear(self, request: web.Request) -> web.Response:
        wanted = self._wanted(await Asked.of(request, self._world))
        gone = list(self._box.where(wanted))
        self._box.clear(wanted)
        self._world.post.tell(self._box.kind, *gone)
        return answer({})

    def one(self, number: int) -> ArrivedT:
        arrived = self._box.get(number)
        if arrived is None:
            raise Missing(f"There is no {self._box.kind} {number}.")
        return arrived

    def named(self, request: web.Request) -> ArrivedT:
        return self.one(int(request.match_info["number"]))

    def _wanted(self, asked: Asked) -> Wanted:
        """A person's box, an address's, nobody's, or all there is."""
        kind = self._box.kind
        if asked.has("person"):
            return belonging_to(asked.person(), kind)
        if asked.text("nobodys") == "true":
            return asked.world.post.nobodys(kind)
        if asked.has(ADDRESS[kind]):
            return sent_to(asked.text(ADDRESS[kind]), kind)
        return lambda _: True

    def _narrowed(self, asked: Asked) -> bool:
        return any(map(asked.has, ("person", "nobodys", ADDRESS[self._box.kind])))
