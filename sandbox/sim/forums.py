"""The routes of the topics of a group, opened and closed by people."""

from aiohttp import web

from sandbox.chats.forum import NAME_CHARACTERS, close_topic, drop_topic, hide_general, open_topic, rename_topic
from sandbox.chats.group import GREEN, Group
from sandbox.chats.topics import GENERAL, ICON_COLORS, Topic
from sandbox.people import Person
from sandbox.sim.asked import Asked, Missing, Mistake, answer, excused
from sandbox.world import World

TOPIC = "/sim/groups/{group:-[0-9]+}/topics/{thread:[0-9]+}"


class ForumRoutes:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/sim/groups/{group:-[0-9]+}/topics", excused(self.open)),
            web.post(TOPIC, excused(self.change)),
            web.delete(TOPIC, excused(self.drop)),
        ]

    async def open(self, request: web.Request) -> web.Response:
        asked = await Asked.of(request, self._world)
        group, person = _forum(request, asked)
        color = asked.whole("icon_color")
        if color is not None and color not in ICON_COLORS:
            raise Mistake("icon_color must be one of Telegram's six.")
        topic = open_topic(self._world, group, person, _name(asked), color or GREEN, "")
        return answer({"thread": topic.thread})

    async def change(self, request: web.Request) -> web.Response:
        """Whatever is named and differs from what is there."""
        asked = await Asked.of(request, self._world)
        group, person = _forum(request, asked)
        topic = _topic(request, group)
        name = _name(asked) if asked.has("name") else topic.name
        closed, hidden = _flag(asked, "closed"), _flag(asked, "hidden")
        if hidden is not None and topic.thread != GENERAL:
            raise Mistake("Only the general topic can be hidden.")
        if name != topic.name:
            rename_topic(self._world, group, person, topic, name)
        if hidden is not None and hidden != topic.hidden:
            hide_general(self._world, group, person, hidden=hidden)
        if closed is not None and closed != topic.closed:
            close_topic(self._world, group, person, topic, closed=closed)
        return answer({})

    async def drop(self, request: web.Request) -> web.Response:
        asked = await Asked.of(request, self._world)
        group, _ = _forum(request, asked)
        topic = _topic(request, group)
        if topic.thread == GENERAL:
            raise Mistake("The general topic stays.")
        drop_topic(group, topic)
        self._world.events.changed("people")
        return answer({})


def _forum(request: web.Request, asked: Asked) -> tuple[Group, Person]:
    """The person must be in charge of its topics."""
    group, person = asked.group(int(request.match_info["group"])), asked.person()
    if not group.forum:
        raise Mistake(f"{group.title} has no topics.")
    if not group.member(person).may("can_manage_topics"):
        raise Mistake(f"{person.first_name} has no right to manage the topics of {group.title}.")
    return group, person


def _topic(request: web.Request, group: Group) -> Topic:
    thread = int(request.match_info["thread"]) or GENERAL
    topic = group.topics.get(thread)
    if topic is None:
        raise Missing(f"There is no topic {thread} in this group.")
    return topic


def _name(asked: Asked) -> str:
    name = asked.text("name").strip()
    if not 1 <= len(name) <= NAME_CHARACTERS:
        raise Mistake(f"A topic needs a name of 1 to {NAME_CHARACTERS} characters.")
    return name


def _flag(asked: Asked, name: str) -> bool | None:
    value = asked.raw(name)
    if value is not None and not isinstance(value, bool):
        raise Mistake(f"{name} must be true or false.")
    return value
