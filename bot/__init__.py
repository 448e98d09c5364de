"""The aiogram machine: how updates come in, and what surrounds every handler."""
