from core.identity.chat import Chat
from core.identity.person import ChatId
from core.transaction import Transaction


def greet_chat(tx: Transaction, chat_id: ChatId, offered: str | None) -> None:
    """Remember a chat and the language its app offers; whoever writes to us can be reached again."""
    tx.person.require_clockwork()
    chat = tx.chats.get(chat_id)
    if chat is None:
        tx.chats.add(Chat(chat_id, offered))
    else:
        chat.offered = offered
    tx.chats.note_reachable(chat_id, True)
