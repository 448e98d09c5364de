"""What the house says to its database, overheard."""

from collections.abc import Callable
from typing import Any, Concatenate, NamedTuple, ParamSpec

from sqlalchemy import Engine, event

from core.clinic import Clinic
from core.transaction import Reading

P = ParamSpec("P")


class Asked(NamedTuple):
    """A statement in its driver's own spelling, with its values."""

    statement: str
    values: tuple[Any, ...]


async def statements_of(
    clinic: Clinic, question: Callable[Concatenate[Reading, P], object], *args: P.args, **named: P.kwargs
) -> list[Asked]:
    """The statements that this question puts to the database, without what opens a transaction."""
    heard: list[Asked] = []

    def hear(connection: Any, cursor: Any, statement: str, values: Any, context: Any, many: bool) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            heard.append(Asked(statement, tuple(values)))

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        await clinic.read(question, *args, **named)
    finally:
        event.remove(Engine, "before_cursor_execute", hear)
    return heard
