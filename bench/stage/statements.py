"""What the house says to its database, overheard."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec

from core.clinic import Clinic
from core.transaction import Reading
from tests.stage.overheard import Asked, overheard

P = ParamSpec("P")


async def statements_of(
    clinic: Clinic, question: Callable[Concatenate[Reading, P], object], *args: P.args, **named: P.kwargs
) -> list[Asked]:
    """The statements that this question puts to the database, without what opens a transaction."""
    with overheard() as said:
        await clinic.read(question, *args, **named)
    return said
