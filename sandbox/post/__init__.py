"""The post of the invented people: their mailboxes and SMS inboxes, beside the chats."""
