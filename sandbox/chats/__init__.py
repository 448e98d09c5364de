"""Chats as Telegram keeps them: private ones and groups, who is in them, what stands in them."""
