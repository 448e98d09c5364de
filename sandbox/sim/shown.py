"""What a person sees of their chats: the list, and what stands around the messages of one."""

from collections.abc import Iterator

from sandbox.chats.chat import PrivateChat
from sandbox.chats.group import Group
from sandbox.chats.topics import GENERAL
from sandbox.people import Person
from sandbox.sim.asked import Asked
from sandbox.sim.place import Place
from sandbox.wire import Json
from sandbox.world import World


def place_of(asked: Asked) -> Place:
    """`thread` 1 is the general topic, which messages call none."""
    thread = asked.whole("thread") or 0
    return Place(asked.world, asked.person(), asked.chat(), 0 if thread == GENERAL else thread)


def places_of(world: World, person: Person) -> Iterator[Place]:
    """The private chats with every bot first, then the groups."""
    for bot in world.bots.by_id.values():
        yield Place(world, person, bot.chat_with(person, world.events))
    for group in world.groups.values():
        if group.member(person).present:
            yield Place(world, person, group)


def about_chat(place: Place) -> Json:
    """What does not change from message to message."""
    chat = place.chat
    about: Json = {"chat": chat.id, "kind": chat.kind, "forum": chat.forum, "pins": list(chat.pins)}
    if isinstance(chat, PrivateChat):
        return {**about, "title": place.bot().user["first_name"], "bot": chat.bot_id, "blocked": chat.blocked}
    if isinstance(chat, Group):
        member = chat.members[place.person.id]
        return {
            **about,
            "title": chat.title,
            "bot": None,
            "status": member.status.value,
            "may_manage_topics": member.may("can_manage_topics"),
            "may_pin": member.may("can_pin_messages"),
            "members": [
                {"user": one.user.as_user(), "status": one.status.value} for one in chat.members.values() if one.present
            ],
            "topics": [topic.as_seen() for topic in chat.topics.values()],
        }
    return about


def listed_chat(place: Place) -> Json:
    """One line of the list; `unread` by topic under its number, 0 being what is in none."""
    chat = place.chat
    newest = {message.thread: message for message in chat.messages.values()} if chat.forum else {}
    unread = chat.seat(place.person.id).unread
    last = next(reversed(chat.messages.values()), None)
    return {
        **about_chat(place),
        "revision": chat.revision,
        "unread": unread.total(),
        "unread_in": {str(thread): number for thread, number in unread.items() if number},
        "last": last.as_seen() if last else None,
        "last_in": {str(thread): message.as_seen() for thread, message in newest.items()},
    }


def commands_of(place: Place) -> list[Json]:
    """Of the private chat's bot; in a group those of every bot in it, with the bot's username."""
    chat, person = place.chat, place.person
    if isinstance(chat, PrivateChat):
        return place.bot().commands.seen_by(person.id, person.language_code)
    if not isinstance(chat, Group):
        return []
    in_charge = chat.members[person.id].in_charge
    bots = [bot for member in chat.present() if (bot := place.world.bots.by_id.get(member.user.id)) is not None]
    return [
        {**command, "bot": bot.user["username"]}
        for bot in bots
        for command in bot.commands.seen_in_group(chat.id, person.id, person.language_code, in_charge=in_charge)
    ]
