"""Who somebody is: patients, accounts, log-in, sessions, chats."""
