"""What the bot writes into its log while a block lasts."""

import logging
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any, Final

from structlog.processors import format_exc_info
from structlog.testing import capture_logs

MEANT: Final = ("poll.unusable", "update.unreadable", "update.set_aside")
TALKATIVE: Final = ("aiogram_dialog.window",)  # says of every refusal on the way to a screen that there was one
NO_UPDATE: Final = "UnreadableUpdate"
LONGEST: Final = 6_000


class Log(logging.Handler):
    """Lines of ours and of the libraries'."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.ours: list[MutableMapping[str, Any]] = []
        self.theirs: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info or (record.levelno >= logging.ERROR and record.name not in TALKATIVE):
            self.theirs.append(f"{record.name}: {record.getMessage()} {record.exc_info or ''}")

    def troubles(self) -> list[str]:
        """A sentence for each crash; what was no update at all is none."""
        crashes = [
            f"{line['event']}: {line.get('kind')} in {line.get('update')} {line.get('exception', '')[-LONGEST:]}"
            for line in self.ours
            if line["log_level"] in ("error", "critical") and line["event"] not in MEANT
            if line.get("kind") != NO_UPDATE
        ]
        return [*crashes, *self.theirs]


@contextmanager
def log_kept() -> Iterator[Log]:
    log, root = Log(), logging.getLogger()
    root.addHandler(log)
    try:
        with capture_logs([format_exc_info]) as log.ours:
            yield log
    finally:
        root.removeHandler(log)
