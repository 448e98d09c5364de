"""What people do: write, press a button, block a bot. Each act is an update for the bot."""

from hashlib import sha256

from sandbox.bots import Bot
from sandbox.chat import Chat
from sandbox.entities import StyledText, settled
from sandbox.message import Message
from sandbox.queries import CallbackQuery
from sandbox.refusals import BadRequest
from sandbox.sim.asked import Missing, Mistake
from sandbox.wire import Json
from sandbox.world import World

TEXT_CHARACTERS = 4096
CAPTION_CHARACTERS = 1024


def say_text(world: World, bot: Bot, chat: Chat, text: str) -> tuple[Message, int | None]:
    styled = _settled(text, TEXT_CHARACTERS)
    if not styled.text:
        raise Mistake("There is nothing to say.")
    return _say(world, bot, chat, text=styled.text, entities=styled.entities, kind="text", content={})


def show(world: World, bot: Bot, chat: Chat, kind: str, content: Json, caption: str = "") -> tuple[Message, int | None]:
    """Something that is not text: a sticker, a contact, a file."""
    words = _settled(caption, CAPTION_CHARACTERS)
    return _say(world, bot, chat, text=words.text, entities=words.entities, kind=kind, content=content)


def press(
    world: World, bot: Bot, chat: Chat, *, message_id: int | None, data: str, label: str
) -> tuple[CallbackQuery, int | None]:
    """`data` may be of a button that is gone when its message is named: people press what they still see."""
    _require_unblocked(chat)
    message = _message_with(chat, message_id, data, label)
    data = data or _data_of(message, label)
    chat.unread = 0
    query = bot.queries.ask(chat, world.clock.now())
    update: Json = {
        "id": query.query_id,
        "from": chat.person.as_user(),
        "message": message.as_telegram() if message else _inaccessible(chat, message_id),
        "chat_instance": str(int.from_bytes(sha256(f"{bot.id}:{chat.person.id}".encode()).digest()[:7])),
        "data": data,
    }
    return query, bot.updates.put("callback_query", update)


def block(world: World, bot: Bot, chat: Chat, *, blocked: bool) -> None:
    if chat.blocked == blocked:
        return
    chat.blocked = blocked
    statuses = ("member", "kicked") if blocked else ("kicked", "member")
    _membership(world, bot, chat, *statuses)
    chat.touch()
    world.events.changed("people")


def _say(
    world: World, bot: Bot, chat: Chat, *, text: str, entities: list[Json], kind: str, content: Json
) -> tuple[Message, int | None]:
    _require_unblocked(chat)
    if not chat.started:
        chat.started = True
        _membership(world, bot, chat, "left", "member")
    message = Message(
        message_id=bot.next_message_id(),
        from_bot=False,
        sender=chat.person.as_user(),
        chat=chat.person.as_chat(),
        date=int(world.clock.now()),
        text=text,
        entities=entities,
        kind=kind,
        content=content,
    )
    chat.add(message)
    return message, bot.updates.put("message", message.as_telegram())


def _settled(text: str, most: int) -> StyledText:
    try:
        styled = settled(text, [])
    except BadRequest as refusal:
        raise Mistake(f"{refusal.description}.") from None
    if len(styled.text) > most:
        raise Mistake(f"Telegram lets a person write {most} characters at once.")
    return styled


def _require_unblocked(chat: Chat) -> None:
    if chat.blocked:
        raise Mistake(f"{chat.person.first_name} has blocked this bot: unblock it first.")


def _message_with(chat: Chat, message_id: int | None, data: str, label: str) -> Message | None:
    if message_id is None:
        for message in reversed(chat.messages.values()):
            if any(_fits(button, data, label) for button in message.buttons()):
                return message
        raise Missing(f"No message here has the button {data or label!r}.")
    if not chat.had(message_id):
        raise Missing(f"There is no message {message_id} in this chat.")
    return chat.messages.get(message_id)


def _data_of(message: Message | None, label: str) -> str:
    for button in message.buttons() if message else ():
        if button["text"] == label:
            data = button.get("callback_data")
            if isinstance(data, str):
                return data
            raise Mistake(f"The button {label!r} tells the bot nothing.")
    raise Missing(f"That message has no button {label!r}.")


def _fits(button: Json, data: str, label: str) -> bool:
    return button.get("callback_data") == data if data else button["text"] == label


def _inaccessible(chat: Chat, message_id: int | None) -> Json:
    return {"chat": chat.person.as_chat(), "message_id": message_id, "date": 0}


def _membership(world: World, bot: Bot, chat: Chat, before: str, after: str) -> None:
    bot.updates.put(
        "my_chat_member",
        {
            "chat": chat.person.as_chat(),
            "from": chat.person.as_user(),
            "date": int(world.clock.now()),
            "old_chat_member": _member(bot, before),
            "new_chat_member": _member(bot, after),
        },
    )


def _member(bot: Bot, status: str) -> Json:
    member: Json = {"user": bot.user, "status": status}
    return {**member, "until_date": 0} if status == "kicked" else member
