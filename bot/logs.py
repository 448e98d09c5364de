"""Structured logs: one line of JSON an event, and nothing in it about anybody."""

import logging
import re
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any, Final

import structlog

HIDDEN: Final = "[hidden]"
PERSONAL_KEYS: Final = re.compile(r"token|secret|password|login|email|phone|name|text|payload|chat|reason|pesel|code$")
PERSONAL_WORDS: Final = re.compile(
    r"\b\d{6,12}:[A-Za-z0-9_-]{30,}"  # a bot's token
    r"|\b\d{11}\b"  # a PESEL
    r"|\b[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\d{3}[A-Z]\b"  # a codice fiscale
    r"|\+\d[\d ()-]{7,}\d"  # a phone number
    r"|[\w.+-]+@[\w-]+\.[\w.]+"  # an e-mail address
)
SAFE_KEYS: Final = frozenset({"event", "level", "timestamp", "logger", "use_case", "file_name"})


def set_up_logs(level: str) -> None:
    """Send structlog and the standard library's loggers through one redactor to standard error."""
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        redact,
    ]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for talkative in (
        "aiogram",
        "aiogram_dialog",
        "aiohttp.access",
        "apscheduler",
        "alembic",
        "httpx",
        "httpcore",
        "telegram",
    ):
        logging.getLogger(talkative).setLevel(logging.WARNING)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def redact(logger: object, method: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """Hide values under telling names, and telling patterns under any name."""
    for key, value in event.items():
        if key.startswith("_"):
            continue
        if key not in SAFE_KEYS and PERSONAL_KEYS.search(key):
            event[key] = HIDDEN
        elif isinstance(value, str):
            event[key] = PERSONAL_WORDS.sub(HIDDEN, value)
    return event
