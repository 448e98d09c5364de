"""Kannel, the gateway that many clinics have: bearerbox and smsbox of Debian, between HTTP and an SMSC."""

import shutil
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from random import sample

from tests.peers.smsc import Smsc
from tests.peers.spoken import is_missing, spoken

USER = "clinic"
PASSWORD = "p@ss w/rd"

CONFIG = """
group = core
admin-port = {admin}
admin-interface = 127.0.0.1
admin-password = unused
smsbox-port = {inner}
smsbox-interface = 127.0.0.1
box-allow-ip = 127.0.0.1
store-type = file
store-location = {folder}/store
dlr-storage = internal
log-level = 1

group = smsc
smsc = smpp
smsc-id = peer
host = 127.0.0.1
port = {smsc}
transceiver-mode = true
smsc-username = kannel
smsc-password = secret
system-type = ""
reconnect-delay = 1

group = smsbox
bearerbox-host = 127.0.0.1
bearerbox-port = {inner}
sendsms-port = {outer}
sendsms-interface = 127.0.0.1
log-level = 0

group = sendsms-user
username = {user}
password = "{password}"
concatenation = true
max-messages = 3
"""


def install_kannel() -> None:
    """Without Kannel the test is skipped, and in CI it fails."""
    if shutil.which("bearerbox") is None or shutil.which("smsbox") is None:
        is_missing("bearerbox and smsbox (Debian: kannel)")


@asynccontextmanager
async def kannel(folder: Path, network: Smsc) -> AsyncIterator[str]:
    """The `host:port/path` of its `sendsms`, once it is bound to that network."""
    admin, inner, outer = _free_ports(3)
    config = folder / "kannel.conf"
    config.write_text(
        CONFIG.format(
            admin=admin, inner=inner, outer=outer, smsc=network.port, folder=folder, user=USER, password=PASSWORD
        )
    )
    async with spoken("bearerbox", str(config)):
        await network.next("ready")
        async with spoken("smsbox", str(config)) as sms:
            # It says that it is connected before it can write there, and dies of what it is asked in between.
            await sms.line_with("heartbeat_thread")
            yield f"127.0.0.1:{outer}/cgi-bin/sendsms"


def _free_ports(count: int) -> list[int]:
    """Below those that the system gives out by itself, so that nobody takes them before Kannel does."""
    free: list[int] = []
    for port in sample(range(20_000, 30_000), 100):
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            free.append(port)
        if len(free) == count:
            return free
    raise AssertionError("no free ports")
