"""Telegram on your own machine: a Bot API server that knows nothing of any bot."""
