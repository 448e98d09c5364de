"""The topics of a forum, made and closed by a bot."""

from sandbox.bad_requests import NotAForum, NotEnoughRights
from sandbox.chats.forum import (
    NAME_CHARACTERS,
    close_topic,
    drop_topic,
    hide_general,
    may_change,
    open_topic,
    rename_topic,
)
from sandbox.chats.group import GREEN, Group
from sandbox.chats.topics import GENERAL, ICON_COLORS, Topic
from sandbox.methods.call import Call, Run
from sandbox.refusals import BadRequest

CLOSE_OR_OPEN = "to close or open the topic"
EDIT = "to edit the topic"


async def create_forum_topic(call: Call) -> object:
    group = _forum(call)
    if not group.members[call.bot.id].may("can_manage_topics"):
        raise NotEnoughRights("to create a topic")
    name = _name(call)
    if not name:
        raise BadRequest("title must be non-empty")
    color = call.parameters.integer("icon_color", GREEN)
    if color not in ICON_COLORS:
        raise BadRequest("invalid icon color specified")
    return open_topic(call.world, group, call.bot, name, color, _icon(call) or "").as_telegram()


async def edit_forum_topic(call: Call) -> object:
    """An empty name keeps the old one, an empty icon takes the icon away."""
    group = _forum(call)
    topic = _changeable(call, group, _thread(call), EDIT)
    name, icon = _name(call), _icon(call)
    if name == "" and call.parameters.has("name"):
        raise BadRequest("title must be non-empty")
    if name or icon is not None:
        if icon and topic.thread == GENERAL:
            raise BadRequest("GENERAL_MODIFY_ICON_FORBIDDEN")
        if name in ("", topic.name) and icon in (None, topic.icon_custom_emoji_id):
            raise BadRequest("TOPIC_NOT_MODIFIED")
        rename_topic(call.world, group, call.bot, topic, name, icon)
    return True


async def edit_general_forum_topic(call: Call) -> object:
    group = _forum(call)
    topic, name = _changeable(call, group, GENERAL, EDIT), _name(call)
    if not name:
        raise BadRequest("title must be non-empty")
    if name == topic.name:
        raise BadRequest("TOPIC_NOT_MODIFIED")
    rename_topic(call.world, group, call.bot, topic, name)
    return True


async def close_forum_topic(call: Call) -> object:
    return _close(call, _forum(call), _thread(call), closed=True)


async def reopen_forum_topic(call: Call) -> object:
    return _close(call, _forum(call), _thread(call), closed=False)


async def close_general_forum_topic(call: Call) -> object:
    return _close(call, _forum(call), GENERAL, closed=True)


async def reopen_general_forum_topic(call: Call) -> object:
    return _close(call, _forum(call), GENERAL, closed=False)


async def hide_general_forum_topic(call: Call) -> object:
    return _hide(call, hidden=True)


async def unhide_general_forum_topic(call: Call) -> object:
    return _hide(call, hidden=False)


async def delete_forum_topic(call: Call) -> object:
    group = _forum(call)
    topic = group.topics.get(_thread(call))
    if topic is None or topic.thread == GENERAL:
        raise BadRequest("TOPIC_ID_INVALID")
    if not group.members[call.bot.id].may("can_delete_messages"):
        raise NotEnoughRights("to delete the topic")
    drop_topic(group, topic)
    call.world.events.changed("people")
    return True


def _close(call: Call, group: Group, thread: int, *, closed: bool) -> bool:
    topic = _changeable(call, group, thread, CLOSE_OR_OPEN)
    if topic.closed == closed:
        raise BadRequest("TOPIC_NOT_MODIFIED")
    close_topic(call.world, group, call.bot, topic, closed=closed)
    return True


def _hide(call: Call, *, hidden: bool) -> bool:
    group = _forum(call)
    topic = _changeable(call, group, GENERAL, CLOSE_OR_OPEN)
    if topic.hidden == hidden:
        raise BadRequest("TOPIC_NOT_MODIFIED")
    hide_general(call.world, group, call.bot, hidden=hidden)
    return True


def _forum(call: Call) -> Group:
    chat = call.open_chat()
    if not isinstance(chat, Group) or not chat.forum:
        raise NotAForum
    return chat


def _thread(call: Call) -> int:
    thread = call.parameters.integer("message_thread_id")
    if thread <= 0:
        raise BadRequest("invalid forum topic identifier specified")
    return thread


def _changeable(call: Call, group: Group, thread: int, deed: str) -> Topic:
    """Its own topics a bot may change without the right."""
    topic = group.topics.get(thread)
    if topic is None:
        raise BadRequest("TOPIC_ID_INVALID")
    if not may_change(group, call.bot, topic):
        raise NotEnoughRights(deed)
    return topic


def _name(call: Call) -> str:
    """With single spaces, and cut where it is too long, as the real server does."""
    return " ".join(call.parameters.text("name").split())[:NAME_CHARACTERS].strip()


def _icon(call: Call) -> str | None:
    icon = call.parameters.values.get("icon_custom_emoji_id")
    if icon is None:
        return None
    if icon not in ("", "0") and not (isinstance(icon, str) and icon.isascii() and icon.isdecimal()):
        raise BadRequest("invalid custom emoji identifier specified")
    return "" if icon == "0" else str(icon)


METHODS: dict[str, Run] = {
    "createForumTopic": create_forum_topic,
    "editForumTopic": edit_forum_topic,
    "editGeneralForumTopic": edit_general_forum_topic,
    "closeForumTopic": close_forum_topic,
    "reopenForumTopic": reopen_forum_topic,
    "closeGeneralForumTopic": close_general_forum_topic,
    "reopenGeneralForumTopic": reopen_general_forum_topic,
    "hideGeneralForumTopic": hide_general_forum_topic,
    "unhideGeneralForumTopic": unhide_general_forum_topic,
    "deleteForumTopic": delete_forum_topic,
}
