"""A Redis for tests: the one of this machine, and one of a test's own that may be stopped in the middle."""

import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from time import sleep
from typing import Final

import pytest
import redis

SERVER: Final = os.environ.get("RECEPTION_TEST_REDIS") or "redis://127.0.0.1:6379/15"
HOST: Final = "127.0.0.1"
SECRET: Final = "a secret of the tests"
PATIENT: Final = 60.0  # a busy machine is no outage


def shared_redis() -> str:
    """The URL of the machine's Redis; a test takes a bot of its own there. Skips where none answers; in CI it fails."""
    try:
        with redis.Redis.from_url(SERVER, socket_connect_timeout=3) as client:
            client.ping()
    except redis.RedisError as silence:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"no Redis: {type(silence).__name__}")
    return SERVER


class OwnRedis:
    """A server on a port of its own, which forgets everything when it stops."""

    def __init__(self, program: str, folder: Path) -> None:
        self._program = program
        self._folder = folder
        self._running: subprocess.Popen[bytes] | None = None
        with socket.socket() as asked:
            asked.bind((HOST, 0))
            self._port = int(asked.getsockname()[1])
        self.url = f"redis://{HOST}:{self._port}/0"

    def start(self) -> None:
        """Returns when it answers."""
        command = [self._program, "--port", str(self._port), "--bind", HOST, "--dir", str(self._folder)]
        quiet = ["--save", "", "--appendonly", "no", "--loglevel", "warning"]
        self._running = subprocess.Popen([*command, *quiet], stdout=subprocess.DEVNULL)
        for attempt in count():
            try:
                with self.client() as client:
                    client.ping()
                return
            except redis.ConnectionError:
                assert attempt < 500, "redis-server does not answer"
                sleep(0.02)

    def stop(self) -> None:
        if self._running is not None:
            self._running.kill()
            self._running.wait()
            self._running = None

    @contextmanager
    def standing_still(self) -> Iterator[None]:
        """It takes questions and answers none."""
        assert self._running is not None
        self._running.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._running.send_signal(signal.SIGCONT)

    def client(self) -> redis.Redis:
        return redis.Redis.from_url(self.url)


@contextmanager
def own_redis(folder: Path) -> Iterator[OwnRedis]:
    """Skips where there is no redis-server; in CI it fails."""
    program = shutil.which("redis-server")
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no redis-server")
        pytest.skip("no redis-server")
    server = OwnRedis(program, folder)
    server.start()
    try:
        yield server
    finally:
        server.stop()
