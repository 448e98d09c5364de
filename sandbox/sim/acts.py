"""What people do: write, press a button, block a bot. Each act is an update for a bot."""

from hashlib import sha256

from sandbox.chats.chat import Chat, PrivateChat
from sandbox.chats.content import Content
from sandbox.chats.members import Member, Status
from sandbox.chats.membership import tell_of_membership
from sandbox.chats.message import Message
from sandbox.chats.queries import CallbackQuery
from sandbox.hearing.tell import EDITED, UpdateNumbers, tell, tell_of_message
from sandbox.refusals import BadRequest
from sandbox.sim.asked import Missing, Mistake
from sandbox.sim.place import Place
from sandbox.text.entities import CAPTION_CHARACTERS, TEXT_CHARACTERS, StyledText, settled
from sandbox.wire import Json
from sandbox.world import World


def say_text(place: Place, text: str, reply_to: int | None = None) -> tuple[Message, UpdateNumbers]:
    styled = _settled(text, TEXT_CHARACTERS)
    if not styled.text:
        raise Mistake("There is nothing to say.")
    return _say(place, styled, reply_to=reply_to)


def show(
    place: Place, kind: str, content: Content, caption: str = "", *, reply_to: int | None = None, album: str = ""
) -> tuple[Message, UpdateNumbers]:
    """Something that is not text: a sticker, a contact, a file."""
    words = _settled(caption, CAPTION_CHARACTERS)
    return _say(place, words, kind=kind, content=content, reply_to=reply_to, album=album)


def edit(place: Place, message_id: int, text: str) -> tuple[Message, UpdateNumbers]:
    """The person's own words, said anew: a text, or what stands under a file."""
    place.require_voice()
    message = place.chat.messages.get(message_id)
    if message is None or not message.by(place.person.id) or message.service:
        raise Missing(f"{place.person.first_name} has no message {message_id} here.")
    is_text = message.kind == "text"
    styled = _settled(text, TEXT_CHARACTERS if is_text else CAPTION_CHARACTERS)
    if is_text and not styled.text:
        raise Mistake("There is nothing to say.")
    message.text, message.entities = styled
    message.edit_date = int(place.world.clock.now())
    place.chat.touch()
    return message, tell_of_message(place.world.bots, message, EDITED)


def press(place: Place, *, message_id: int | None, data: str, label: str) -> tuple[CallbackQuery, int | None]:
    """`data` may be of a button that is gone when its message is named: people press what they still see."""
    place.require_not_blocked()
    chat = place.chat
    message = _message_with(chat, message_id, data, label)
    data = data or _data_of(message, label)
    bot = place.bot(int(str(message.sender["id"])) if message else None)
    chat.seat(place.person.id).unread[place.thread] = 0
    query = bot.queries.ask(place.person, chat, place.world.clock.now())
    update: Json = {
        "id": query.query_id,
        "from": place.person.as_user(),
        "message": message.as_telegram(bot.id) if message else _inaccessible(chat, message_id),
        "chat_instance": str(int.from_bytes(sha256(f"{bot.id}:{chat.id}".encode()).digest()[:7])),
        "data": data,
    }
    return query, tell(bot, chat, "callback_query", update)


def block(world: World, chat: PrivateChat, *, blocked: bool) -> None:
    if chat.blocked == blocked:
        return
    chat.blocked = blocked
    bot = world.bots.of_id(chat.bot_id)
    present, gone = Status.MEMBER, Status.KICKED
    statuses = (present, gone) if blocked else (gone, present)
    tell_of_membership(world, bot, chat, chat.person, *(Member(bot, status) for status in statuses))
    chat.touch()
    world.events.changed("people")


def _say(
    place: Place,
    words: StyledText,
    *,
    kind: str = "text",
    content: Content | None = None,
    reply_to: int | None = None,
    album: str = "",
) -> tuple[Message, UpdateNumbers]:
    place.require_voice()
    chat = place.chat
    replied = chat.messages.get(reply_to) if reply_to else None
    if reply_to and replied is None:
        raise Missing(f"There is no message {reply_to} in this chat.")
    if isinstance(chat, PrivateChat) and not chat.started:
        chat.started = True
        bot = place.bot()
        tell_of_membership(place.world, bot, chat, place.person, Member(bot, Status.LEFT), Member(bot, Status.MEMBER))
    message = Message(
        message_id=chat.next_message_id(),
        sender=place.person.as_user(),
        chat=chat,
        date=int(place.world.clock.now()),
        text=words.text,
        entities=words.entities,
        kind=kind,
        content=content,
        reply_to=replied,
        thread=place.thread,
        album=album,
    )
    chat.add(message)
    return message, tell_of_message(place.world.bots, message)


def _settled(text: str, most: int) -> StyledText:
    try:
        styled = settled(text, [])
    except BadRequest as refusal:
        raise Mistake(f"{refusal.description}.") from None
    if len(styled.text) > most:
        raise Mistake(f"Telegram lets a person write {most} characters at once.")
    return styled


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
    return {"chat": chat.as_telegram(), "message_id": message_id, "date": 0}
