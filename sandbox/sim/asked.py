"""What the person's side is asked: values read strictly, and the bot and person they name."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from math import isfinite, nan
from types import MappingProxyType
from typing import TypeAlias

from aiohttp import web

from sandbox.bots import Bot
from sandbox.calls.bodies import MULTIPART, read_parts
from sandbox.calls.json_text import read_json
from sandbox.calls.parameters import whole_number
from sandbox.chats.chat import Chat, PrivateChat
from sandbox.chats.group import Group
from sandbox.files import Upload
from sandbox.people import Person
from sandbox.refusals import EntityTooLarge, Refusal
from sandbox.wire import Json, written
from sandbox.world import World

LONGEST_WAIT_SECONDS = 60.0

Handler: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Mistake(Exception):
    """The asker's mistake, said in a sentence."""

    status = 400


class Missing(Mistake):
    """There is no such thing."""

    status = 404


class Asked:
    def __init__(
        self, world: World, values: Mapping[str, object], uploads: Mapping[str, Upload] = MappingProxyType({})
    ) -> None:
        self.world = world
        self._values = values
        self._uploads = uploads

    @classmethod
    async def of(cls, request: web.Request, world: World) -> "Asked":
        values: Json = dict(request.query)
        if request.content_type == MULTIPART:
            return await cls._of_form(request, world, values)
        if request.body_exists:
            try:
                body = read_json((await request.read()).decode())
            except ValueError:
                raise Mistake("The body is not JSON.") from None
            if not isinstance(body, dict):
                raise Mistake("The body must be a JSON object.")
            values.update(body)
        return cls(world, values)

    @classmethod
    async def _of_form(cls, request: web.Request, world: World, values: Json) -> "Asked":
        try:
            parts, uploads = await read_parts(request)
        except EntityTooLarge:
            raise Mistake("That is too large for the sandbox: 50 MB at most.") from None
        except Refusal as refusal:
            raise Mistake(refusal.description) from None
        return cls(world, {**values, **parts}, uploads)

    def uploads(self, name: str) -> list[Upload]:
        """All files whose field begins so: `file`, `file2` and so on."""
        uploads = [upload for field, upload in self._uploads.items() if field.startswith(name)]
        if not uploads:
            raise Mistake(f"{name} must be a file.")
        return uploads

    def raw(self, name: str) -> object:
        return self._values.get(name)

    def has(self, name: str) -> bool:
        return self._values.get(name) not in (None, "")

    def text(self, name: str) -> str:
        value = self._values.get(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise Mistake(f"{name} must be a text.")
        return value

    def whole(self, name: str) -> int | None:
        if not self.has(name):
            return None
        number = whole_number(self._values[name])
        if number is None:
            raise Mistake(f"{name} must be a whole number.")
        return number

    def at_least(self, name: str, least: int) -> int | None:
        number = self.whole(name)
        if number is not None and number < least:
            raise Mistake(f"{name} must be {least} or more.")
        return number

    def number(self, name: str) -> float | None:
        if not self.has(name):
            return None
        try:
            number = float(str(self._values[name]))
        except ValueError:
            number = nan
        if not isfinite(number):
            raise Mistake(f"{name} must be a number.")
        return number

    def seconds(self, name: str) -> float | None:
        return self.number(name)

    def flag(self, name: str, known: bool) -> bool:
        value = self.raw(name)
        if value is None:
            return known
        if not isinstance(value, bool):
            raise Mistake(f"{name} must be true or false.")
        return value

    def moment(self, name: str) -> datetime:
        try:
            moment = datetime.fromisoformat(self.text(name))
            return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, OverflowError):
            raise Mistake(f"{name} must be a date and time such as 2026-05-04T09:00:00+00:00.") from None

    def person(self) -> Person:
        number = self.whole("person")
        if number is None:
            raise Mistake("Name a person.")
        person = self.world.people.get(number)
        if person is None:
            raise self.nobody(number)
        return person

    @staticmethod
    def nobody(number: object) -> Missing:
        return Missing(f"Nobody has the number {number}.")

    def bot(self) -> Bot:
        bot = self.bot_or_none()
        if bot is None:
            several = len(self.world.bots.by_id) > 1
            raise Mistake("Several bots are here: name one." if several else "No bot has called yet.")
        return bot

    def bot_or_none(self) -> Bot | None:
        number = self.whole("bot")
        if number is not None:
            return self.world.bots.of_id(number)
        bots = list(self.world.bots.by_id.values())
        return bots[0] if len(bots) == 1 else None

    def chat(self) -> Chat:
        """The group named by `chat`, where the person must be; or the person's chat with the bot."""
        number = self.whole("chat")
        person = self.person()
        if number is None or number == person.id:
            return self.private_chat()
        group = self.group(number)
        if not group.member(person).present:
            raise Mistake(f"{person.first_name} is not in {group.title}.")
        return group

    def private_chat(self) -> PrivateChat:
        return self.bot().chat_with(self.person(), self.world.events)

    def group(self, number: object) -> Group:
        group = self.world.groups.get(number) if isinstance(number, int) else None
        if group is None:
            raise Missing(f"There is no group {number}.")
        return group


def answer(value: object) -> web.Response:
    return web.Response(body=written(value), headers={"Content-Type": "application/json"})


def excused(handler: Handler) -> Handler:
    """Mistakes become answers."""

    async def handle(request: web.Request) -> web.StreamResponse:
        try:
            return await handler(request)
        except Mistake as mistake:
            return web.Response(
                status=mistake.status,
                body=written({"error": str(mistake)}),
                headers={"Content-Type": "application/json"},
            )

    return handle
