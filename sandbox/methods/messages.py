"""What a bot says, and how it answers a pressed button."""

from sandbox.bad_requests import AnswerTooLong, MessageToReplyNotFound
from sandbox.calls.parameters import whole_number
from sandbox.chats.chat import Chat
from sandbox.chats.content import Content
from sandbox.chats.message import Message
from sandbox.keyboards.markup import Markup, read_markup, require_private
from sandbox.methods.call import Call, Run
from sandbox.methods.wording import read_text
from sandbox.refusals import BadRequest
from sandbox.text.entities import StyledText
from sandbox.wire import Json

ANSWER_CHARACTERS = 200


async def send_message(call: Call) -> object:
    """The text and the keyboard are judged before the chat is looked for, as on the real server."""
    text = read_text(call)
    markup = read_markup(call.parameters.values.get("reply_markup"))
    return speak(call, call.open_chat(), text, markup)


def speak(
    call: Call, chat: Chat, text: StyledText, markup: Markup, *, kind: str = "text", content: Content | None = None
) -> object:
    """The bot's message as its answer, with what all of them may carry."""
    return put(call, chat, text, markup, kind=kind, content=content).as_telegram(call.bot.id)


def put(
    call: Call,
    chat: Chat,
    text: StyledText,
    markup: Markup,
    *,
    kind: str = "text",
    content: Content | None = None,
    album: str = "",
    origin: Json | None = None,
) -> Message:
    chat.require_permission(call.bot.id, kind)
    thread = call.thread(chat)
    if chat.kind != "private":
        require_private(markup)
    message = Message(
        message_id=chat.next_message_id(),
        sender=call.bot.user,
        chat=chat,
        date=int(call.world.clock.now()),
        text=text.text,
        entities=text.entities,
        inline_keyboard=markup.inline,
        reply_keyboard=markup.reply,
        kind=kind,
        content=content,
        reply_to=_replied_to(call, chat.messages),
        thread=thread,
        album=album,
        origin=origin,
        protected=call.parameters.flag("protect_content"),
    )
    chat.add(message)
    return message


def _replied_to(call: Call, messages: dict[int, Message]) -> Message | None:
    parameters = call.parameters
    if parameters.has("reply_parameters"):
        asked = parameters.structure("reply_parameters", "reply parameters")
        if not isinstance(asked, dict):
            raise BadRequest("can't parse reply parameters: Object expected")
        if asked.get("message_id") is None:
            raise BadRequest('can\'t find field "message_id"')
        message_id = whole_number(asked["message_id"]) or 0
        optional = asked.get("allow_sending_without_reply") is True
    else:
        message_id = parameters.integer("reply_to_message_id")
        optional = parameters.flag("allow_sending_without_reply")
    if not message_id:
        return None
    message = messages.get(message_id)
    if message is None and not optional:
        raise MessageToReplyNotFound
    return message


async def answer_callback_query(call: Call) -> object:
    text = call.parameters.text("text")
    if len(text) > ANSWER_CHARACTERS:
        raise AnswerTooLong
    call.bot.queries.answer(
        call.parameters.text("callback_query_id"),
        text,
        show_alert=call.parameters.flag("show_alert"),
        now=call.world.clock.now(),
    )
    return True


METHODS: dict[str, Run] = {"sendMessage": send_message, "answerCallbackQuery": answer_callback_query}
