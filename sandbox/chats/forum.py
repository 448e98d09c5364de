"""What can be done to the topics of a forum, by whoever does it: each deed is a message that everybody sees."""

from sandbox.chats.content import Plain
from sandbox.chats.group import Group
from sandbox.chats.happenings import happened
from sandbox.chats.members import User
from sandbox.chats.topics import GENERAL, Topic
from sandbox.wire import Json
from sandbox.world import World

NAME_CHARACTERS = 128


def may_change(group: Group, user: User, topic: Topic) -> bool:
    """Whoever is in charge of topics, and whoever opened this one."""
    return group.member(user).may("can_manage_topics") or topic.opened_by == user.id


def open_topic(world: World, group: Group, by: User, name: str, icon_color: int, icon_custom_emoji_id: str) -> Topic:
    topic = Topic(group.next_message_id(), name, icon_color, icon_custom_emoji_id, opened_by=by.id)
    group.topics[topic.thread] = topic
    happened(world, group, by, "forum_topic_created", Plain({"forum_topic_created": topic.as_created()}), topic.thread)
    return topic


def rename_topic(world: World, group: Group, by: User, topic: Topic, name: str, icon: str | None = None) -> None:
    """Shows only what became different; `icon` left out stays."""
    changed: Json = {}
    if name and name != topic.name:
        topic.name = changed["name"] = name
    if icon is not None and icon != topic.icon_custom_emoji_id:
        topic.icon_custom_emoji_id = changed["icon_custom_emoji_id"] = icon
    _note(world, group, by, topic, "forum_topic_edited", changed)


def close_topic(world: World, group: Group, by: User, topic: Topic, *, closed: bool) -> None:
    """Reopening the general topic brings it back from hiding."""
    topic.closed = closed
    topic.hidden = topic.hidden and closed
    _note(world, group, by, topic, "forum_topic_closed" if closed else "forum_topic_reopened", {})


def hide_general(world: World, group: Group, by: User, *, hidden: bool) -> None:
    """Whoever hides the general topic closes it too."""
    topic = group.topics[GENERAL]
    topic.hidden = hidden
    if hidden:
        topic.closed = True
    _note(world, group, by, topic, "general_forum_topic_hidden" if hidden else "general_forum_topic_unhidden", {})


def drop_topic(group: Group, topic: Topic) -> None:
    """Its messages go with it, and nobody is told."""
    del group.topics[topic.thread]
    group.remove_thread(topic.thread)


def _note(world: World, group: Group, by: User, topic: Topic, kind: str, shown: Json) -> None:
    thread = 0 if topic.thread == GENERAL else topic.thread
    happened(world, group, by, kind, Plain({kind: shown}), thread)
