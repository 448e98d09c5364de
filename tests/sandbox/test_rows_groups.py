"""What bots are refused in groups, in Telegram's words, through both clients."""

from typing import Any

from tests.sandbox.groups import become, found, found_forum, number_of, open_topic, say
from tests.sandbox.hand import ANNA, BORIS
from tests.sandbox.row import Row, Scene, check, rows

NO_TOPICS = {"can_manage_topics": False}
NO_PINS = {"can_pin_messages": False}
NO_DELETING = {"can_delete_messages": False}


def in_forum(method: str, rights: Any = None, thread: int = 0, **parameters: Any) -> Any:
    """`thread` 0 is a topic that Anna has opened."""

    async def act(scene: Scene) -> Any:
        group = await found_forum(scene.hand, rights=rights)
        opened = await open_topic(scene.hand, group)
        if "general" not in method and method != "create_forum_topic":
            parameters["message_thread_id"] = thread or opened
        return await scene.peer.call(method, chat_id=group, **parameters)

    return act


def in_group(method: str, *, status: str = "administrator", rights: Any = None, **parameters: Any) -> Any:
    """`message_id` "said" is Boris's message, "note" one that the group made itself."""

    async def act(scene: Scene) -> Any:
        group = await found(scene.hand, status="administrator")
        said = await say(scene.hand, group, "x")
        await become(scene.hand, group, number_of(scene.hand), status, **({"rights": rights} if rights else {}))
        numbers = {"said": said["message_id"], "note": 2}
        given = {
            name: numbers.get(value, value) if isinstance(value, str) else value for name, value in parameters.items()
        }
        if "reaction" in given:
            given["reaction"] = scene.peer.reactions(*given["reaction"])
        return await scene.peer.call(method, chat_id=group, **given)

    return act


def twice(first: Any, second: Any) -> Any:
    async def act(scene: Scene) -> Any:
        group = await found_forum(scene.hand)
        thread = await open_topic(scene.hand, group)
        for method, parameters in (first, second):
            if "general" not in method:
                parameters = {**parameters, "message_thread_id": thread}
            await scene.peer.call(method, chat_id=group, **parameters)

    return act


async def closed(scene: Scene) -> Any:
    group = await found_forum(scene.hand, rights=NO_TOPICS)
    thread = await open_topic(scene.hand, group)
    await scene.hand.sim(f"groups/{group}/topics/{thread}", {"person": ANNA, "closed": True})
    await scene.peer.call("send_message", chat_id=group, message_thread_id=thread, text="x")


async def pinned_twice(scene: Scene) -> Any:
    group = await found(scene.hand)
    said = await say(scene.hand, group, "x")
    for _ in range(2):
        await scene.peer.call("pin_chat_message", chat_id=group, message_id=said["message_id"])


async def never_there(scene: Scene) -> Any:
    group = await found(scene.hand, status="")
    await scene.peer.call("send_message", chat_id=group, text="x")


async def public(scene: Scene) -> Any:
    await found(scene.hand, status="", username="front_desk")
    await scene.peer.call("send_message", chat_id="@front_desk", text="x")


async def ask_for_a_number(scene: Scene) -> Any:
    group = await found(scene.hand)
    return await scene.peer.call(
        "send_message", chat_id=group, text="x", reply_markup=scene.peer.contact_keyboard("My number")
    )


def private(method: str, **parameters: Any) -> Any:
    async def act(scene: Scene) -> Any:
        return await scene.peer.call(method, chat_id=ANNA, **parameters)

    return act


KICKED, GONE = "bot was kicked from the supergroup chat", "bot is not a member of the supergroup chat"
NOT_MODIFIED, NO_TOPIC, NO_NUMBER = "TOPIC_NOT_MODIFIED", "TOPIC_ID_INVALID", "invalid forum topic identifier specified"
PINNING = "not enough rights to manage pinned messages in the chat"
CLOSING, EDITING = "not enough rights to close or open the topic", "not enough rights to edit the topic"
NOT_A_FORUM, NO_THREAD = "the chat is not a forum", "message thread not found"

ROWS = (
    Row(403, KICKED, in_group("send_message", status="kicked", text="x"), "kicked"),
    Row(403, KICKED, in_group("get_chat", status="kicked"), "kicked, reading"),
    Row(403, GONE, in_group("send_message", status="left", text="x"), "left"),
    Row(403, GONE, public, "never in a public group"),
    Row(400, "chat not found", never_there),
    Row(
        400,
        "not enough rights to send text messages to the chat",
        in_group("send_message", status="restricted", text="x"),
    ),
    Row(400, "phone number can be requested in private chats only", ask_for_a_number),
    Row(400, NOT_A_FORUM, in_group("create_forum_topic", name="x"), "no forum, create"),
    Row(400, NOT_A_FORUM, in_group("close_forum_topic", message_thread_id=3), "no forum, close"),
    Row(400, NOT_A_FORUM, private("create_forum_topic", name="x"), "no forum, private"),
    Row(400, NOT_A_FORUM, in_group("unpin_all_general_forum_topic_messages"), "no forum, unpin"),
    Row(400, "not enough rights to create a topic", in_forum("create_forum_topic", NO_TOPICS, name="x")),
    Row(400, "title must be non-empty", in_forum("create_forum_topic", name=" ")),
    Row(400, "invalid icon color specified", in_forum("create_forum_topic", name="x", icon_color=5)),
    Row(400, EDITING, in_forum("edit_forum_topic", NO_TOPICS, name="x"), "no right to edit"),
    Row(400, EDITING, in_forum("edit_general_forum_topic", NO_TOPICS, name="x"), "no right to edit general"),
    Row(400, CLOSING, in_forum("close_forum_topic", NO_TOPICS), "no right to close"),
    Row(400, CLOSING, in_forum("reopen_forum_topic", NO_TOPICS), "no right to reopen"),
    Row(400, CLOSING, in_forum("close_general_forum_topic", NO_TOPICS), "no right to close general"),
    Row(400, CLOSING, in_forum("hide_general_forum_topic", NO_TOPICS), "no right to hide general"),
    Row(400, "not enough rights to delete the topic", in_forum("delete_forum_topic", NO_DELETING)),
    Row(400, NOT_MODIFIED, in_forum("edit_forum_topic", name="Ward"), "the same name"),
    Row(400, NOT_MODIFIED, in_forum("edit_general_forum_topic", name="General"), "the same name of general"),
    Row(400, NOT_MODIFIED, in_forum("reopen_forum_topic"), "open already"),
    Row(400, NOT_MODIFIED, twice(("close_forum_topic", {}), ("close_forum_topic", {})), "closed already"),
    Row(400, NOT_MODIFIED, in_forum("reopen_general_forum_topic"), "general open already"),
    Row(400, NOT_MODIFIED, in_forum("unhide_general_forum_topic"), "general shown already"),
    Row(
        400,
        NOT_MODIFIED,
        twice(("hide_general_forum_topic", {}), ("close_general_forum_topic", {})),
        "general closed by hiding",
    ),
    Row(400, NO_TOPIC, in_forum("edit_forum_topic", thread=77, name="x"), "edit of no topic"),
    Row(400, NO_TOPIC, in_forum("close_forum_topic", thread=77), "close of no topic"),
    Row(400, NO_TOPIC, in_forum("delete_forum_topic", thread=77), "delete of no topic"),
    Row(400, NO_TOPIC, in_forum("delete_forum_topic", thread=1), "delete of general"),
    Row(400, NO_NUMBER, in_forum("close_forum_topic", thread=-1), "close of no number"),
    Row(400, "GENERAL_MODIFY_ICON_FORBIDDEN", in_forum("edit_forum_topic", thread=1, icon_custom_emoji_id="5")),
    Row(400, "invalid custom emoji identifier specified", in_forum("edit_forum_topic", icon_custom_emoji_id="smile")),
    Row(400, NO_THREAD, in_forum("send_message", thread=77, text="x"), "no such thread"),
    Row(400, NO_THREAD, in_forum("send_message", thread=1, text="x"), "general by its number"),
    Row(400, NO_THREAD, in_group("send_message", message_thread_id=77, text="x"), "thread of a plain group"),
    Row(400, NO_THREAD, private("send_message", message_thread_id=77, text="x"), "thread of a private chat"),
    Row(400, NO_THREAD, in_forum("send_chat_action", thread=77, action="typing"), "typing nowhere"),
    Row(400, NO_THREAD, in_forum("unpin_all_forum_topic_messages", thread=77), "unpin nowhere"),
    Row(400, "TOPIC_CLOSED", closed),
    Row(400, "message to pin not found", in_group("pin_chat_message", message_id=99)),
    Row(400, "message to unpin not found", in_group("unpin_chat_message", message_id=99)),
    Row(400, "message to unpin not found", in_group("unpin_chat_message"), "nothing pinned"),
    Row(400, "CHAT_NOT_MODIFIED", in_group("unpin_chat_message", message_id="said"), "not pinned"),
    Row(400, "CHAT_NOT_MODIFIED", pinned_twice, "pinned already"),
    Row(400, PINNING, in_group("pin_chat_message", rights=NO_PINS, message_id="said"), "no right to pin"),
    Row(400, PINNING, in_group("pin_chat_message", status="member", message_id="said"), "a member pins"),
    Row(400, PINNING, in_group("unpin_all_chat_messages", rights=NO_PINS), "no right to unpin"),
    Row(400, "service messages can't be pinned", in_group("pin_chat_message", message_id="note")),
    Row(400, "message can't be deleted", in_group("delete_message", rights=NO_DELETING, message_id="said")),
    Row(400, "message to react not found", in_group("set_message_reaction", message_id=99)),
    Row(400, "REACTION_INVALID", in_group("set_message_reaction", message_id="note", reaction=("👍",)), "a note"),
    Row(
        400,
        "REACTIONS_TOO_MANY",
        in_group("set_message_reaction", message_id="said", reaction=("👍", "❤")),
    ),
    Row(
        400,
        "REACTION_INVALID",
        in_group("set_message_reaction", message_id="said", reaction=("🧦",)),
        "no reaction",
    ),
    Row(
        403,
        "CHAT_WRITE_FORBIDDEN",
        in_group("set_message_reaction", status="restricted", message_id="said", reaction=("👍",)),
    ),
    Row(400, "member not found", in_group("get_chat_member", user_id=77)),
    Row(400, "member not found", private("get_chat_member", user_id=BORIS), "not in a private chat"),
    Row(400, "invalid user_id specified", in_group("get_chat_member", user_id=-5)),
    Row(400, "there are no administrators in the private chat", private("get_chat_administrators")),
    Row(400, "chat member status can't be changed in private chats", private("leave_chat")),
    Row(400, "wrong parameter action in request", in_group("send_chat_action", action="dance")),
)


@rows(*ROWS)
async def test_row(scene: Scene, row: Row) -> None:
    await check(row, scene)
