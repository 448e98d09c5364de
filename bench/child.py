"""A process that is measured from outside: what it costs, what it holds, and how it is held still."""

import asyncio
import os
import signal
from pathlib import Path
from typing import Final

TICKS_A_SECOND: Final = os.sysconf("SC_CLK_TCK")
KIB: Final = 1024
STOP_SECONDS: Final = 15.0


class Child:
    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def line(self) -> str:
        """The next line that it prints; an empty one where it prints no more."""
        assert self._process.stdout is not None
        return (await self._process.stdout.readline()).decode().strip()

    @property
    def cpu_seconds(self) -> float:
        """What all its threads have cost so far, in the kernel too."""
        fields = self._about("stat").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS_A_SECOND

    @property
    def resident_bytes(self) -> int:
        [line] = [line for line in self._about("status").splitlines() if line.startswith("VmRSS")]
        return int(line.split()[1]) * KIB

    def hold(self) -> None:
        """Stop it where it stands, as a machine without a core to spare would."""
        self._process.send_signal(signal.SIGSTOP)

    @property
    def is_held(self) -> bool:
        return self._about("stat").rpartition(")")[2].split()[0] == "T"

    def let_go(self) -> None:
        self._process.send_signal(signal.SIGCONT)

    async def asked(self) -> str:
        """What it prints when it is asked by SIGUSR1."""
        self._process.send_signal(signal.SIGUSR1)
        return await self.line()

    async def stop(self) -> None:
        """SIGTERM, and patience; nothing of it is left behind."""
        if self._process.returncode is None:
            self._process.terminate()
            self.let_go()
            try:
                await asyncio.wait_for(self._process.wait(), STOP_SECONDS)
            except TimeoutError:
                self._process.kill()
        await self._process.wait()

    def _about(self, file: str) -> str:
        return Path(f"/proc/{self._process.pid}/{file}").read_text("ascii")
