"""A chat as plain text: for terminals, for logs, for eyes that cannot see the page."""

from sandbox.chats.chat import Chat
from sandbox.chats.message import Message


def as_plain_text(chat: Chat, thread: int | None = None) -> str:
    shown = [message for message in chat.messages.values() if thread is None or message.thread == thread]
    return "\n".join(map(_lines, shown))


def _lines(message: Message) -> str:
    author = message.sender["first_name"]
    said = " ".join(filter(None, [_shown(message), message.text]))
    edited = " (edited)" if message.edit_date is not None else ""
    lines = [f"{author}{edited}: {said}"]
    lines += ["  " + " ".join(f"[{button['text']}]" for button in row) for row in message.rows()]
    keyboard = (message.reply_keyboard or {}).get("keyboard")
    if isinstance(keyboard, list):
        lines += ["  " + " ".join(f"<{button['text']}>" for button in row) for row in keyboard]
    return "\n".join([*lines, ""])


def _shown(message: Message) -> str:
    if message.kind == "text":
        return ""
    content = message.content.shown_to(message.chat.eyes) if message.content else {}
    document = content.get("document")
    return f"({document['file_name']})" if isinstance(document, dict) else f"({message.kind})"
