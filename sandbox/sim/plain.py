"""A chat as plain text: for terminals, for logs, for eyes that cannot see the page."""

from sandbox.bots import FIRST_NAME, Bot
from sandbox.chat import Chat
from sandbox.message import Message


def as_plain_text(bot: Bot, chat: Chat) -> str:
    lines = [_lines(message, chat.person.first_name) for message in chat.messages.values()]
    return "\n".join(lines)


def _lines(message: Message, person: str) -> str:
    author = FIRST_NAME if message.from_bot else person
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
    document = message.content.get("document")
    return f"({document['file_name']})" if isinstance(document, dict) else f"({message.kind})"
