"""A real SMSC beside the tests: the SMPP implementation of npm, in a Node process."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from tests.peers.spoken import Spoken, spoken

HERE = Path(__file__).parent


class Smsc:
    """`port` is where it listens; each wait reads on from where the last one ended."""

    def __init__(self, process: Spoken, port: int) -> None:
        self._process = process
        self.port = port

    async def next(self, event: str) -> dict[str, Any]:
        """The next event of this kind: bind, submit, receipt, unbind."""
        told: dict[str, Any] = json.loads(await self._process.line_with(f'"event":"{event}"'))
        return told

    def unbind(self) -> None:
        """Ask everybody to leave."""
        self._process.tell("unbind")


@asynccontextmanager
async def smsc(**plan: object) -> AsyncIterator[Smsc]:
    """A listening SMSC; what it can be told to do stands at the head of smsc.js."""
    async with spoken("node", str(HERE / "smsc.js"), json.dumps(plan)) as process:
        listening = json.loads(await process.line_with('"event":"listening"'))
        yield Smsc(process, listening["port"])
