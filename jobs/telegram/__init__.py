"""Alerts as messages in Telegram."""
