"""A PostgreSQL of the test's own, to be stopped, frozen, killed, copied and promoted; beside the one that all share."""

import asyncio
import os
import shutil
import signal
import socket
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final

import psycopg

from tests.peers.spoken import is_missing

USER: Final = "postgres"
HOST: Final = "127.0.0.1"
STANDBY: Final = "standby"
PATIENCE_SECONDS: Final = 30
SETTINGS: Final = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
port = {port}
fsync = {fsync}
max_connections = 60
shared_buffers = 16MB
autovacuum = off
wal_retrieve_retry_interval = 100ms
"""
SYNCHRONISED: Final = "SELECT 1 FROM pg_stat_replication WHERE state = 'streaming' AND sync_state = %s"


class Cluster:
    """One server in a folder of its own. Whatever happens to it, it starts again at the same address."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.port = port
        self._server: asyncio.subprocess.Process | None = None

    @property
    def url(self) -> str:
        return url_of(self)

    async def starts(self) -> None:
        """Returns when it answers."""
        self._server = await _begun("postgres", "-D", self.folder)
        async with asyncio.timeout(PATIENCE_SECONDS):
            while await (await _begun("pg_isready", "-q", "-h", HOST, "-p", str(self.port))).wait():
                assert self._server.returncode is None, f"ended: {self.folder}"
                await asyncio.sleep(0.02)

    async def stops_at_once(self) -> None:
        """Every connection breaks, whatever is under way; the log is replayed at the next start."""
        await self._ends(signal.SIGQUIT)

    async def is_killed(self) -> None:
        """As when its machine burns down: no process of it does anything more."""
        self.freezes()
        for child in self._children():
            os.kill(child, signal.SIGKILL)
        await self._ends(signal.SIGKILL)

    def freezes(self) -> None:
        """As when its machine drops off the network: whoever waits for it goes on waiting, and hears nothing."""
        self._running.send_signal(signal.SIGSTOP)
        for child in self._children():
            os.kill(child, signal.SIGSTOP)

    async def is_promoted(self) -> None:
        """The standby takes over, and takes writes from now on."""
        await _done("pg_ctl", "promote", "-w", "-D", self.folder)

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """What it holds, past every pool."""
        with psycopg.connect(self.url, autocommit=True) as memory:
            found = memory.execute(query.encode(), values)
            return found.fetchall() if found.description else []

    async def is_over(self) -> None:
        """Gone, if it was not gone before."""
        if self._server is not None:
            await self.is_killed()

    @property
    def _running(self) -> asyncio.subprocess.Process:
        assert self._server is not None
        return self._server

    def _children(self) -> list[int]:
        server = self._running.pid
        return [*map(int, Path(f"/proc/{server}/task/{server}/children").read_text().split())]

    async def _ends(self, how: signal.Signals) -> None:
        self._running.send_signal(how)
        await self._running.wait()
        self._server = None


def url_of(*clusters: Cluster) -> str:
    """One DATABASE_URL for all of them: whichever takes writes is meant."""
    if len(clusters) == 1:
        return f"postgresql://{USER}@{HOST}:{clusters[0].port}/{USER}"
    hosts = "&".join(f"host={HOST}:{cluster.port}" for cluster in clusters)
    return f"postgresql://{USER}@/{USER}?{hosts}"


@asynccontextmanager
async def cluster(*, fsync: bool = False) -> AsyncIterator[Cluster]:
    """A running server. Unless a machine loses its power, one without fsync forgets nothing either, and is quicker."""
    with _folder() as home:
        made = Cluster(home / "primary", _free_port())
        await _done("initdb", "-D", made.folder, "-U", USER, "-A", "trust", "-E", "UTF8", "--locale", "C", "--no-sync")
        _settle(made, SETTINGS.format(port=made.port, fsync="on" if fsync else "off"))
        async with _at_work(made):
            yield made


@asynccontextmanager
async def standby_of(primary: Cluster, *, synchronous: bool, wire: int | None = None) -> AsyncIterator[Cluster]:
    """A copy that follows, over the port `wire` if that is named; a synchronous one has all that was promised."""
    follower = Cluster(primary.folder.with_name(STANDBY), _free_port())
    source = f"host={HOST} port={wire or primary.port} user={USER} application_name={STANDBY}"
    await _done("pg_basebackup", "-D", follower.folder, "-d", source, "-R", "-X", "stream", "-c", "fast", "--no-sync")
    _settle(follower, f"\nport = {follower.port}\n")
    async with _at_work(follower):
        if synchronous:
            primary.rows(f"ALTER SYSTEM SET synchronous_standby_names = '{STANDBY}'")
            primary.rows("SELECT pg_reload_conf()")
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not primary.rows(SYNCHRONISED, "sync" if synchronous else "async"):  # noqa: ASYNC110 - the servers
                await asyncio.sleep(0.05)
        yield follower


@asynccontextmanager
async def _at_work(made: Cluster) -> AsyncIterator[None]:
    await made.starts()
    try:
        yield
    finally:
        await made.is_over()


def _settle(made: Cluster, settings: str) -> None:
    with (made.folder / "postgresql.conf").open("a") as config:
        config.write(settings)


@contextmanager
def _folder() -> Iterator[Path]:
    """One that the server's user may enter: pytest's own are closed to everybody else."""
    home = Path(tempfile.mkdtemp(prefix="reception-postgresql-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(home, USER)
        yield home
    finally:
        shutil.rmtree(home)


async def _done(program: str, *arguments: str | Path) -> None:
    ended = await _begun(program, *arguments)
    async with asyncio.timeout(PATIENCE_SECONDS):
        assert await ended.wait() == 0, f"{program} failed"


async def _begun(program: str, *arguments: str | Path) -> asyncio.subprocess.Process:
    """A server refuses to be root's: then it is that user's who is made for it."""
    user: dict[str, Any] = {"user": USER, "group": USER, "extra_groups": []} if os.geteuid() == 0 else {}
    return await asyncio.create_subprocess_exec(
        _programs() / program, *arguments, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL, **user
    )


@cache
def _programs() -> Path:
    """Debian keeps the server's programs off the path, a folder a version."""
    found = [*sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda bin: int(bin.parent.name))]
    on_path = shutil.which("initdb")
    if not found and on_path is None:
        is_missing("PostgreSQL's server programs (Debian: postgresql)")
    return found[-1] if found else Path(on_path or "").resolve().parent


def _free_port() -> int:
    with socket.create_server((HOST, 0)) as asked:
        port: int = asked.getsockname()[1]
        return port
