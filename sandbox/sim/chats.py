"""The routes of one chat: look, write, press, block."""

from aiohttp import web

from sandbox.chats.content import Content, OfFile, Plain
from sandbox.chats.message import Message
from sandbox.files import FileKind
from sandbox.hearing.tell import UpdateNumbers
from sandbox.sim.acts import block, edit, press, say_text, show
from sandbox.sim.asked import LONGEST_WAIT_SECONDS, Asked, Missing, Mistake, answer
from sandbox.sim.contents import canned, contact, file_kind, location, received_files
from sandbox.sim.downloads import download, picture
from sandbox.sim.place import Place
from sandbox.sim.plain import as_plain_text
from sandbox.sim.shown import about_chat, commands_of, listed_chat, place_of, places_of
from sandbox.world import World

SHOWN = frozenset({FileKind.PHOTO, FileKind.STICKER})


class ChatRoutes:
    def __init__(self, world: World) -> None:
        self._world = world

    async def say(self, request: web.Request) -> web.Response:
        asked = await Asked.of(request, self._world)
        place, reply_to = place_of(asked), asked.whole("reply_to")
        kind = asked.text("kind") or "text"
        if kind == "text":
            return self._said(place, *say_text(place, asked.text("text"), reply_to))
        content: Content
        if kind == "contact":
            content = Plain(contact(place.person, asked.text("phone_number"), asked.raw("contact")))
        elif kind == "location":
            content = Plain(location(asked.raw("latitude"), asked.raw("longitude")))
        else:
            content = canned(self._world.files, place.person, kind)
        return self._said(place, *show(place, kind, content, reply_to=reply_to))

    async def send(self, request: web.Request) -> web.Response:
        """One file, or an album: several files of one form are one album."""
        asked = await Asked.of(request, self._world)
        place, kind = place_of(asked), file_kind(asked.text("kind"))
        stored = received_files(self._world.files, asked.uploads("file"), kind)
        album = self._world.next_album() if len(stored) > 1 else ""
        caption, reply_to = asked.text("caption"), asked.whole("reply_to")
        sent = [
            show(place, kind, OfFile(one), "" if number else caption, reply_to=reply_to, album=album)
            for number, one in enumerate(stored)
        ]
        return self._said(place, *sent[-1])

    async def edit(self, request: web.Request) -> web.Response:
        asked = await Asked.of(request, self._world)
        place = place_of(asked)
        return self._said(place, *edit(place, asked.whole("message_id") or 0, asked.text("text")))

    async def file(self, request: web.Request) -> web.Response:
        stored = self._world.files.named(request.match_info["file_id"])
        if stored is None:
            raise Missing("There is no such file.")
        if stored.kind in SHOWN:
            return picture(stored.content, stored.mime_type)
        return download(stored.content, stored.name, stored.mime_type)

    def _said(self, place: Place, message: Message, told: UpdateNumbers) -> web.Response:
        self._world.events.changed("people")
        return answer(
            {
                "message_id": message.message_id,
                "update_id": next(iter(told.values()), None),
                "updates": {str(bot): number for bot, number in told.items()},
                "revision": place.chat.revision,
            }
        )

    async def press(self, request: web.Request) -> web.Response:
        asked = await Asked.of(request, self._world)
        data, label = asked.text("data"), asked.text("button")
        if not data and not label:
            raise Mistake("Name the button by its data or its text.")
        place = place_of(asked)
        query, update_id = press(place, message_id=asked.whole("message_id"), data=data, label=label)
        revision = place.chat.revision
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
        block(self._world, asked.private_chat(), blocked=blocked)
        return answer({})

    async def read(self, request: web.Request) -> web.Response:
        """All of a private chat; in a group one topic."""
        place = place_of(await Asked.of(request, self._world))
        unread = place.chat.seat(place.person.id).unread
        if unread[place.thread]:
            unread[place.thread] = 0
            self._world.events.changed("people")
        return answer({})

    async def chat(self, request: web.Request) -> web.Response:
        asked = await Asked.of(request, self._world)
        place, after = place_of(asked), asked.whole("after")
        chat = place.chat
        if after is not None:
            seconds = min(asked.seconds("timeout") or 0.0, LONGEST_WAIT_SECONDS)
            await chat.changed.wait_until(lambda: chat.revision > after, seconds)
        thread = asked.whole("thread")
        shown = [one for one in chat.messages.values() if thread is None or one.thread == thread]
        toast = chat.seat(place.person.id).toast
        return answer(
            {
                **about_chat(place),
                "revision": chat.revision,
                "messages": [message.as_seen() for message in shown],
                "commands": commands_of(place),
                "toast": toast.as_json() if toast else None,
                "keyboard": chat.keyboard(),
                "typing": chat.typing_until > self._world.clock.real() and thread in (None, chat.typing_in),
            }
        )

    async def chats(self, request: web.Request) -> web.Response:
        """The chats that one person has, those without a word included; nobody named means everybody's."""
        asked, world = await Asked.of(request, self._world), self._world
        if asked.has("person"):
            return answer({"chats": [listed_chat(place) for place in places_of(world, asked.person())]})
        chats = {
            str(person.id): [listed_chat(place) for place in places_of(world, person)]
            for person in world.people.values()
        }
        return answer({"people": chats})

    async def chat_text(self, request: web.Request) -> web.Response:
        asked = await Asked.of(request, self._world)
        text = as_plain_text(asked.chat(), asked.whole("thread"))
        return web.Response(text=text, content_type="text/plain", charset="utf-8")
