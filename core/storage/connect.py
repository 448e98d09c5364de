"""One connection to PostgreSQL, on whichever of its machines answers as asked."""

from typing import Any, Final

import asyncpg

from core.storage.engine import BUSY_SECONDS

HOST_SECONDS: Final = 3
TROUBLES: Final = (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError)


async def connect(host: Any = None, port: Any = None, **options: Any) -> Any:
    """Each machine is asked for a while of its own: the driver's patience is for all of them together.

    A machine that takes the call and says nothing would else hide the one behind it. Raises what the last one raised.
    """
    if not isinstance(host, list):
        return await _ask(host, port, BUSY_SECONDS, options)
    trouble: BaseException = OSError("no host")
    for one, its_port in zip(host, port, strict=True):
        try:
            return await _ask(one, its_port, HOST_SECONDS, options)
        except TROUBLES as refused:
            trouble = refused
    raise trouble


async def _ask(host: Any, port: Any, seconds: float, options: dict[str, Any]) -> Any:
    """A standby that is not promoted yet takes no changes: as good as not there."""
    try:
        return await asyncpg.connect(host=host, port=port, timeout=seconds, **options)
    except asyncpg.TargetServerAttributeNotMatched as standby:
        raise ConnectionRefusedError(type(standby).__name__) from None
