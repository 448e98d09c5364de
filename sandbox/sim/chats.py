"""The routes of one chat: look, write, press, block."""

from aiohttp import web

from sandbox.chat import Chat
from sandbox.files import FileKind
from sandbox.message import Message
from sandbox.sim.acts import block, press, say_text, show
from sandbox.sim.asked import LONGEST_WAIT_SECONDS, Asked, Missing, Mistake, answer
from sandbox.sim.contents import canned, checked_pixels, contact, file_kind
from sandbox.sim.downloads import download, picture
from sandbox.sim.plain import as_plain_text
from sandbox.world import World


class ChatRoutes:
    def __init__(self, world: World) -> None:
        self._world = world

    async def say(self, request: web.Request) -> web.Response:
        asked = await Asked.of(request, self._world)
        bot, chat = asked.bot(), asked.chat()
        kind = asked.text("kind") or "text"
        if kind == "text":
            return self._said(chat, *say_text(self._world, bot, chat, asked.text("text")))
        if kind == "contact":
            content = contact(chat.person, asked.text("phone_number"), asked.raw("contact"))
        else:
            content = canned(chat.person, kind)
        return self._said(chat, *show(self._world, bot, chat, kind, content))

    async def send(self, request: web.Request) -> web.Response:
        asked = await Asked.of(request, self._world)
        bot, chat, kind = asked.bot(), asked.chat(), file_kind(asked.text("kind"))
        upload = asked.upload("file")
        stored = self._world.files.put(bot.id, upload, kind, checked_pixels(upload, kind))
        return self._said(chat, *show(self._world, bot, chat, kind, stored.as_content(), asked.text("caption")))

    async def file(self, request: web.Request) -> web.Response:
        stored = self._world.files.of_any_bot(request.match_info["file_id"])
        if stored is None:
            raise Missing("There is no such file.")
        if stored.kind is FileKind.PHOTO:
            return picture(stored.content, stored.mime_type)
        return download(stored.content, stored.name, stored.mime_type)

    def _said(self, chat: Chat, message: Message, update_id: int | None) -> web.Response:
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
                "keyboard": chat.keyboard(),
                "typing": chat.typing_until > self._world.clock.real(),
            }
        )

    async def chat_text(self, request: web.Request) -> web.Response:
        asked = await Asked.of(request, self._world)
        text = as_plain_text(asked.bot(), asked.chat())
        return web.Response(text=text, content_type="text/plain", charset="utf-8")
