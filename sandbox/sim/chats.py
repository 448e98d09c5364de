"""The routes of one chat: look, write, press, block."""

from aiohttp import web

from sandbox.chat import Chat
from sandbox.people import Person
from sandbox.sim.acts import block, press, say_kind, say_text
from sandbox.sim.asked import LONGEST_WAIT_SECONDS, Asked, Mistake, answer
from sandbox.sim.plain import as_plain_text
from sandbox.wire import Json
from sandbox.world import World


class ChatRoutes:
    def __init__(self, world: World) -> None:
        self._world = world

    async def people(self, request: web.Request) -> web.Response:
        asked = await Asked.of(request, self._world)
        return answer({"people": self._everybody(asked)})

    async def add_people(self, request: web.Request) -> web.Response:
        asked = await Asked.of(request, self._world)
        rows = asked.raw("people")
        if not isinstance(rows, list):
            raise Mistake("people must be a list.")
        for person in [_person(row) for row in rows]:
            known = self._world.people.setdefault(person.id, person)
            for name in Person.__slots__:
                setattr(known, name, getattr(person, name))
        self._world.events.changed("people")
        return answer({"people": self._everybody(asked)})

    async def say(self, request: web.Request) -> web.Response:
        asked = await Asked.of(request, self._world)
        bot, chat = asked.bot(), asked.chat()
        kind = asked.text("kind") or "text"
        if kind == "text":
            message, update_id = say_text(self._world, bot, chat, asked.text("text"))
        else:
            message, update_id = say_kind(self._world, bot, chat, kind, asked.text("phone_number"))
        self._world.events.changed("people")
        return answer({"message_id": message.message_id, "update_id": update_id, "revision": chat.revision})

    async def press(self, request: web.Request) -> web.Response:
        asked = await Asked.of(request, self._world)
        data, label = asked.text("data"), asked.text("button")
        if not data and not label:
            raise Mistake("Name the button by its data or its text.")
        chat = asked.chat()
        query, update_id = press(
            self._world, asked.bot(), chat, message_id=asked.whole("message_id"), data=data, label=label
        )
        revision = chat.revision
        wait = asked.seconds("wait")
        if wait:
            await query.changed.wait_until(lambda: query.answered, min(wait, LONGEST_WAIT_SECONDS))
        return answer(
            {
                "query_id": query.query_id,
                "update_id": update_id,
                "revision": revision,
                "answered": query.answered,
                "answer": query.answer,
            }
        )

    async def block(self, request: web.Request) -> web.Response:
        return await self._block(request, blocked=True)

    async def unblock(self, request: web.Request) -> web.Response:
        return await self._block(request, blocked=False)

    async def _block(self, request: web.Request, *, blocked: bool) -> web.Response:
        asked = await Asked.of(request, self._world)
        block(self._world, asked.bot(), asked.chat(), blocked=blocked)
        return answer({})

    async def read(self, request: web.Request) -> web.Response:
        chat = (await Asked.of(request, self._world)).chat()
        if chat.unread:
            chat.unread = 0
            self._world.events.changed("people")
        return answer({})

    async def chat(self, request: web.Request) -> web.Response:
        asked = await Asked.of(request, self._world)
        chat, after = asked.chat(), asked.whole("after")
        if after is not None:
            seconds = min(asked.seconds("timeout") or 0.0, LONGEST_WAIT_SECONDS)
            await chat.changed.wait_until(lambda: chat.revision > after, seconds)
        return answer(
            {
                "revision": chat.revision,
                "messages": [message.as_seen() for message in chat.messages.values()],
                "commands": asked.bot().commands.seen_by(chat.person.id, chat.person.language_code),
                "toast": chat.toast.as_json() if chat.toast else None,
                "typing": chat.typing_until > self._world.clock.real(),
            }
        )

    async def chat_text(self, request: web.Request) -> web.Response:
        asked = await Asked.of(request, self._world)
        text = as_plain_text(asked.bot(), asked.chat())
        return web.Response(text=text, content_type="text/plain", charset="utf-8")

    def _everybody(self, asked: Asked) -> list[Json]:
        bot = asked.bot_or_none()
        chats: dict[int, Chat] = bot.chats if bot else {}
        return [_as_listed(person, chats.get(person.id)) for person in self._world.people.values()]


def _as_listed(person: Person, chat: Chat | None) -> Json:
    listed: Json = {name: getattr(person, name) for name in Person.__slots__}
    return {**listed, "blocked": chat is not None and chat.blocked, "unread": chat.unread if chat else 0}


def _person(row: object) -> Person:
    if not isinstance(row, dict):
        raise Mistake("Each of people must be an object.")
    number, name = row.get("id"), row.get("first_name")
    if not isinstance(number, int) or number <= 0 or not isinstance(name, str) or not name:
        raise Mistake("A person needs an id above 0 and a first_name.")
    rest = {field: row.get(field) or "" for field in ("last_name", "username", "language_code", "note")}
    if not all(isinstance(value, str) for value in rest.values()):
        raise Mistake("last_name, username, language_code and note are texts.")
    return Person(number, name, **rest)
