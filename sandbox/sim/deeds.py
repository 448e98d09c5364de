"""The routes of what a person does to a message: pin it, think something of it, take it back."""

from aiohttp import web

from sandbox.chats.group import Group
from sandbox.chats.message import Message
from sandbox.chats.pinning import pin, unpin
from sandbox.chats.reactions import ALLOWED, plain_emoji, react
from sandbox.sim.asked import Asked, Missing, Mistake, answer, excused
from sandbox.sim.place import Place
from sandbox.sim.shown import place_of
from sandbox.world import World


class DeedRoutes:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/sim/pin", excused(self.pin)),
            web.post("/sim/react", excused(self.react)),
            web.post("/sim/delete", excused(self.delete)),
        ]

    async def pin(self, request: web.Request) -> web.Response:
        asked = await Asked.of(request, self._world)
        place, message = _named(asked)
        pinned = asked.raw("pinned")
        if not isinstance(pinned, bool):
            raise Mistake("pinned must be true or false.")
        if message.service:
            raise Mistake("A note of the group cannot be pinned.")
        _require(place, "can_pin_messages", "pin messages")
        if pinned:
            pin(self._world, place.chat, place.person, message)
        else:
            unpin(place.chat, {message.message_id})
        return answer({})

    async def react(self, request: web.Request) -> web.Response:
        asked = await Asked.of(request, self._world)
        place, message = _named(asked)
        emoji = plain_emoji(asked.text("emoji"))
        if emoji and emoji not in ALLOWED:
            raise Mistake(f"{emoji} is no reaction of Telegram's.")
        if message.service:
            raise Mistake("A note of the group takes no reaction.")
        place.require_not_blocked()
        react(self._world, place.chat, place.person, message, emoji)
        return answer({})

    async def delete(self, request: web.Request) -> web.Response:
        """For everybody; bots are not told, as on the real server."""
        asked = await Asked.of(request, self._world)
        place, message = _named(asked)
        if isinstance(place.chat, Group) and message.message_id in place.chat.topics:
            raise Mistake("The message that opened a topic goes only with the topic.")
        if not message.by(place.person.id):
            _require(place, "can_delete_messages", "delete what others said")
        place.chat.remove(message.message_id)
        self._world.events.changed("people")
        return answer({})


def _named(asked: Asked) -> tuple[Place, Message]:
    place, number = place_of(asked), asked.whole("message_id")
    message = place.chat.messages.get(number or 0)
    if message is None:
        raise Missing(f"There is no message {number} in this chat.")
    return place, message


def _require(place: Place, right: str, deed: str) -> None:
    """In a private chat everybody may."""
    group = place.chat
    if isinstance(group, Group) and not group.members[place.person.id].may(right):
        raise Mistake(f"{place.person.first_name} has no right to {deed} in {group.title}.")
