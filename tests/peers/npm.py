"""Programs of npm that the tests talk to, or are judged by."""

import fcntl
import shutil
import subprocess
from pathlib import Path

from tests.peers.spoken import is_missing

HERE = Path(__file__).parent
INSTALL = ("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts")


def install_peers() -> None:
    """Node's packages, as the lock file names them, once; without Node the test is skipped, and in CI it fails."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        is_missing("node and npm (Debian: nodejs npm)")
    lock, installed = HERE / "package-lock.json", HERE / "node_modules" / ".package-lock.json"
    if installed.exists() and installed.stat().st_mtime >= lock.stat().st_mtime:
        return
    with (HERE / "package.json").open("rb") as package:
        fcntl.flock(package, fcntl.LOCK_EX)  # one installs, the others find it done
        _install(installed, lock)


def _install(installed: Path, lock: Path) -> None:
    if installed.exists() and installed.stat().st_mtime >= lock.stat().st_mtime:
        return
    for command in ((*INSTALL, "--offline"), INSTALL):
        done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return
    is_missing(f"the packages of tests/peers: {done.stderr}")
