"""A real SMSC beside the tests: the SMPP implementation of npm, in a Node process."""

import json
import shutil
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from tests.peers.spoken import Spoken, is_missing, spoken

HERE = Path(__file__).parent
INSTALL = ("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts")


def install_peers() -> None:
    """Node's packages, as the lock file names them, once; without Node the test is skipped, and in CI it fails."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        is_missing("node and npm (Debian: nodejs npm)")
    lock, installed = HERE / "package-lock.json", HERE / "node_modules" / ".package-lock.json"
    if installed.exists() and installed.stat().st_mtime >= lock.stat().st_mtime:
        return
    for command in ((*INSTALL, "--offline"), INSTALL):
        done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return
    is_missing(f"the packages of tests/peers: {done.stderr}")


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
