"""Structured logs: one line of JSON an event, and nothing in it about anybody."""

import logging
import re
import sys
from collections.abc import Iterator, Mapping, MutableMapping
from traceback import format_tb
from types import TracebackType
from typing import Any, Final

import structlog

HIDDEN: Final = "[hidden]"
OUR_ROOMS: Final = ("bot", "core", "dialogs", "handlers", "jobs", "locales", "main", "__main__")
PERSONAL_KEYS: Final = re.compile(
    r"token|secret|password|login|email|phone|name|text|payload|chat|reason|pesel|identifier|born|address|code$"
)
PERSONAL_WORDS: Final = re.compile(
    r"\d{6,12}:[A-Za-z0-9_-]{30,}"  # a bot's token, also as an address has it, right behind its "bot"
    r"|(?<!\d)\d{11}(?!\d)"  # a PESEL
    r"|\b[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\d{3}[A-Z]\b"  # a codice fiscale
    r"|\+\d[\d ()-]{7,}\d"  # a phone number
    r"|[\w.+-]+@[\w-]+\.[\w.]+"  # an e-mail address
)
SAFE_KEYS: Final = frozenset({"event", "level", "timestamp", "logger", "use_case", "file_name"})


def set_up_logs(level: str) -> None:
    """Send structlog and the standard library's loggers through one redactor to standard error.

    The level is for our own rooms. Libraries speak from WARNING on: below, they print what they were given.
    """
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.ExceptionRenderer(where_it_broke),
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
    root.setLevel(max(logging.WARNING, logging.getLevelNamesMapping()[level]))
    # A tick that is still at work is passed over, twice a second: that is how it is meant, and no news.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    # A refusal on the way to a screen is no error, and a crash is told by the intake.
    logging.getLogger("aiogram_dialog.window").setLevel(logging.CRITICAL)
    for room in OUR_ROOMS:
        logging.getLogger(room).setLevel(level)
    structlog.configure(
        # What nobody hears is not put together first.
        processors=[structlog.stdlib.filter_by_level, *shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def redact(logger: object, method: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """Hide values under telling names, and telling patterns under any name."""
    for key, value in event.items():
        if not key.startswith("_"):
            event[key] = _redacted(key, value)
    return event


def _redacted(key: str, value: object) -> object:
    if key not in SAFE_KEYS and PERSONAL_KEYS.search(key):
        return HIDDEN
    if value is None or isinstance(value, bool | float):
        return value
    if isinstance(value, Mapping):
        return {str(name): _redacted(str(name), entry) for name, entry in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_redacted(key, entry) for entry in value]
    words = str(value)
    safe = PERSONAL_WORDS.sub(HIDDEN, words)
    return value if safe == words and isinstance(value, int) else safe


def where_it_broke(exc_info: tuple[type[BaseException], BaseException, TracebackType | None]) -> str:
    """Places and kinds, the first cause first. What an exception says may quote what somebody typed: it stays out."""
    return "\n".join("".join(format_tb(error.__traceback__)) + _kind(error) for error in _causes(exc_info[1]))


def _kind(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}"


def _causes(error: BaseException) -> Iterator[BaseException]:
    earlier = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if earlier is not None:
        yield from _causes(earlier)
    yield error
    if isinstance(error, BaseExceptionGroup):
        for part in error.exceptions:
            yield from _causes(part)
