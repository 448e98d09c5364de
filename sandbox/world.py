"""Everything the sandbox remembers, in one place and only in memory."""

from collections.abc import Iterator
from itertools import count
from random import Random, SystemRandom

from sandbox.bots import Bots
from sandbox.calls.call_log import CallLog
from sandbox.calls.faults import FaultPlan
from sandbox.calls.flood import FloodControl, FloodRates
from sandbox.chats.chat import Chat
from sandbox.chats.group import FIRST_GROUP, Group
from sandbox.clock import SandboxClock
from sandbox.events import Events
from sandbox.files import FileShelf
from sandbox.hearing.told import ToldLog
from sandbox.hearing.webhook import Patience
from sandbox.money.payments import Payments
from sandbox.people import Person
from sandbox.post.office import PostOffice


class World:
    def __init__(
        self,
        clock: SandboxClock | None = None,
        chance: Random | None = None,
        flood: FloodRates | None = None,
        webhook_patience: Patience | None = None,
    ) -> None:
        chance = chance or SystemRandom()
        self.clock = clock or SandboxClock()
        self.people: dict[int, Person] = {}
        self.groups: dict[int, Group] = {}
        self._albums = count(13_000_000_000_000_000)
        self.told = ToldLog()
        self.bots = Bots(chance, self.clock, self.told, webhook_patience or Patience())
        self.payments = Payments(self.clock, chance)
        self.faults = FaultPlan()
        self.flood = FloodControl(flood)
        self.log = CallLog()
        self.files = FileShelf()
        self.events = Events()
        self.post = PostOffice(self.clock, self.people, self.events)

    def next_album(self) -> str:
        return str(next(self._albums))

    def chats(self) -> Iterator[Chat]:
        for bot in self.bots.by_id.values():
            yield from bot.chats.values()
        yield from self.groups.values()

    def found_group(self, title: str, *, forum: bool, username: str = "", chat_id: int | None = None) -> Group:
        """A new group, under the number that is asked for or the next free one."""
        number = chat_id if chat_id is not None else min([FIRST_GROUP, *self.groups]) - 1
        group = self.groups[number] = Group(number, title, self.events, forum=forum, username=username)
        return group

    def reset(self, *, people: bool) -> None:
        """Begin again. The clock stays where it is: those who follow it would not know."""
        forgotten = list(self.chats())
        self.bots.forget()
        self.groups.clear()
        self.faults.clear()
        self.flood.reset()
        self.log.clear()
        self.told.clear()
        self.files.clear()
        self.payments.forget()
        self.post.forget()
        if people:
            self.people.clear()
        for chat in forgotten:
            chat.messages.clear()
            chat.touch()
        self.events.changed("people")
        self.events.changed("faults")
        self.events.changed("flood")

    async def close(self) -> None:
        """Let go of everyone who waits, so that the server can stop at once."""
        await self.bots.close()
        self.payments.forget()
        self.post.close()
        self.events.close()
        for chat in self.chats():
            chat.touch()
