"""The area's queries, one noun a file."""

from core.identity.store.accounts import AccountStore
from core.identity.store.attempts import AttemptStore
from core.identity.store.chats import ChatStore, Correspondent, Standing
from core.identity.store.sessions import SessionStore

__all__ = ["AccountStore", "AttemptStore", "ChatStore", "Correspondent", "SessionStore", "Standing"]
