"""Programs of other people's that a machine may have."""

import os
import shutil
import socket
import subprocess
from pathlib import Path

import pytest


def program(name: str, *, always_in_ci: bool = True) -> str:
    """Where it is. Without it the test is skipped; where everything has to be checked, it fails."""
    found = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if found is None and always_in_ci and os.environ.get("CI") == "true":
        pytest.fail(f"no {name}")
    if found is None:
        pytest.skip(f"no {name} on this machine")
    return found


def accepts(*command: str | Path) -> str:
    """The program has nothing against it; what it says all the same."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
        return port
