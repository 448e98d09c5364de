"""Everything the sandbox remembers, in one place and only in memory."""

from random import Random, SystemRandom

from sandbox.bots import Bots
from sandbox.call_log import CallLog
from sandbox.clock import SandboxClock
from sandbox.events import Events
from sandbox.faults import FaultPlan
from sandbox.files import FileShelf
from sandbox.people import Person
from sandbox.post.office import PostOffice


class World:
    def __init__(self, clock: SandboxClock | None = None, chance: Random | None = None) -> None:
        self.clock = clock or SandboxClock()
        self.people: dict[int, Person] = {}
        self.bots = Bots(chance or SystemRandom())
        self.faults = FaultPlan()
        self.log = CallLog()
        self.files = FileShelf()
        self.events = Events()
        self.post = PostOffice(self.clock, self.people, self.events)

    def reset(self, *, people: bool) -> None:
        """Begin again. The clock stays where it is: those who follow it would not know."""
        forgotten = [chat for bot in self.bots.by_id.values() for chat in bot.chats.values()]
        self.bots.forget()
        self.faults.clear()
        self.log.clear()
        self.files.clear()
        self.post.forget()
        if people:
            self.people.clear()
        for chat in forgotten:
            chat.messages.clear()
            chat.touch()
        self.events.changed("people")
        self.events.changed("faults")

    def close(self) -> None:
        """Let go of everyone who waits, so that the server can stop at once."""
        self.bots.close()
        self.post.close()
        self.events.close()
        for bot in self.bots.by_id.values():
            for chat in bot.chats.values():
                chat.touch()
