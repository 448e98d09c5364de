from core.identity.chat import Chat
from core.identity.person import Role
from core.transaction import Transaction


def choose_language(tx: Transaction, language: str) -> None:
    """The person's own choice, kept for the chat and, after log-in, for the account."""
    chat_id = tx.person.require_chat()
    chat = tx.chats.get(chat_id)
    if chat is None:
        tx.chats.add(Chat(chat_id, offered=None, chosen=language))
    else:
        chat.chosen = language
    if tx.person.role is Role.PATIENT:
        tx.accounts.own().language = language
