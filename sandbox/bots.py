"""The bots that have called: each token of Telegram's form is one, made on first use."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from functools import partial
from random import Random

from sandbox.bell import Bell
from sandbox.chats.chat import PrivateChat
from sandbox.chats.commands import CommandMenus
from sandbox.chats.queries import CallbackQueries
from sandbox.clock import SandboxClock
from sandbox.events import Events
from sandbox.hearing.delivery import Delivery
from sandbox.hearing.told import ToldLog
from sandbox.hearing.updates import UpdateQueue
from sandbox.hearing.webhook import Patience, Webhook
from sandbox.hearing.webhook_post import Heard
from sandbox.people import Person
from sandbox.refusals import Unauthorized
from sandbox.wire import Json

TOKEN = re.compile(r"([1-9][0-9]{4,15}):[A-Za-z0-9_-]{35}")
FIRST_NAME = "Reception"


class Bot:
    """Everything Telegram would remember about one bot.

    `reads_all`: in groups it hears what is not meant for it too. `setting_webhook` is held while its webhook changes.
    """

    def __init__(self, bot_id: int, updates: UpdateQueue, first_query: int) -> None:
        self.id = bot_id
        self.token = ""
        self.reads_all = False
        self.updates = updates
        self.delivery: Delivery | None = None
        self.setting_webhook = asyncio.Lock()
        self.user: Json = {
            "id": bot_id,
            "is_bot": True,
            "first_name": FIRST_NAME,
            "username": f"demo_{bot_id}_bot",
        }
        self.forget(first_query)

    def forget(self, first_query: int) -> None:
        """Lose chats, menus and updates, but neither the webhook nor the place in the numbering of updates."""
        self.updates.drop()
        if self.delivery is not None:
            self.delivery.forget()
        self.chats: dict[int, PrivateChat] = {}
        self.commands = CommandMenus()
        self.menu_buttons: dict[int, Json] = {}
        self.queries = CallbackQueries(first_query)
        self._last_message_id = 0

    def as_user(self) -> Json:
        return self.user

    @property
    def posted_to(self) -> bool:
        """Whether its updates go to a webhook, or are about to."""
        return self.delivery is not None or self.setting_webhook.locked()

    @property
    def listening(self) -> bool:
        return self.updates.poll.open or self.delivery is not None

    async def stop_delivery(self) -> None:
        delivery, self.delivery = self.delivery, None
        if delivery is not None:
            await delivery.close()

    def chat_with(self, person: Person, events: Events) -> PrivateChat:
        chat = self.chats.get(person.id)
        if chat is None:
            chat = self.chats[person.id] = PrivateChat(self.id, person, self.next_message_id, events)
        return chat

    def next_message_id(self) -> int:
        """Private chats of one account share one numbering, as on the real server."""
        self._last_message_id += 1
        return self._last_message_id


class Bots:
    """A bot's digits belong to the first token that uses them; another one with the same digits is wrong."""

    def __init__(self, chance: Random, clock: SandboxClock, told: ToldLog, patience: Patience) -> None:
        self._chance = chance
        self._clock = clock
        self._told = told
        self._patience = patience
        self._by_token: dict[str, Bot] = {}
        self._queues: dict[int, UpdateQueue] = {}
        self.by_id: dict[int, Bot] = {}
        self.poll_began = Bell()
        self.run_reply: Callable[[Bot, Heard], Awaitable[None]] = ignore

    def of_token(self, token: str) -> Bot:
        bot = self._by_token.get(token)
        if bot is not None:
            return bot
        match = TOKEN.fullmatch(token)
        if match is None:
            raise Unauthorized
        bot = self.of_id(int(match.group(1)))
        if bot.token:
            raise Unauthorized
        bot.token = token
        self._by_token[token] = bot
        return bot

    def of_id(self, bot_id: int) -> Bot:
        """Also before its first call: people may write to a bot that is not running."""
        bot = self.by_id.get(bot_id)
        if bot is None:
            queue = self._queues.get(bot_id)
            if queue is None:
                first = self._chance.randrange(10**8, 9 * 10**8)
                queue = self._queues[bot_id] = UpdateQueue(bot_id, first, self._clock, self._told, self.poll_began)
            bot = self.by_id[bot_id] = Bot(bot_id, queue, self._chance.randrange(10**17, 10**18))
        return bot

    def forget(self) -> None:
        """Forget all bots but those that are listening: they are here, with an empty memory."""
        for bot in list(self.by_id.values()):
            bot.forget(self._chance.randrange(10**17, 10**18))
            if not bot.updates.poll.recent and bot.delivery is None:
                del self.by_id[bot.id]
                self._by_token.pop(bot.token, None)

    def deliver(self, bot: Bot, webhook: Webhook) -> None:
        """Begin with what waits already."""
        reply = partial(self.run_reply, bot)
        bot.delivery = Delivery(webhook, bot.updates, self._clock, self._patience, reply)
        self.poll_began.ring()

    def heard(self) -> bool:
        return any(bot.listening for bot in self.by_id.values())

    async def close(self) -> None:
        for bot in self.by_id.values():
            bot.updates.poll.end()
            await bot.stop_delivery()


async def ignore(bot: Bot, heard: Heard) -> None:
    """Where nobody runs the calls that come as answers."""
