"""The commands, and what Telegram's menu says of each."""

from typing import Final

from locales.marks import N_

COMMANDS: Final = {
    "start": N_("Menu"),
    "book": N_("Book a visit"),
    "visits": N_("Planned visits"),
    "language": N_("Language"),
    "settings": N_("Settings"),
    "help": N_("Help"),
    "cancel": N_("Leave this step"),
    "logout": N_("Log out"),
}
