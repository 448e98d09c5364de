"""The nginx file of the documentation at work: on free ports, with a certificate of the test's own."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.laws.house import ROOT
from tests.peers.certificate import self_signed
from tests.peers.programs import accepts, free_port, program

SITE: Final = ROOT / "docs" / "deployment" / "nginx.conf"
CERTIFICATES: Final = "/etc/letsencrypt/live/bot.clinic.example"
TELEGRAMS: Final = "        allow 149.154.160.0/20;\n"
AROUND: Final = """
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    access_log {folder}/access.log;
    include {folder}/site.conf;
}}
"""


@dataclass(frozen=True)
class Proxy:
    """Its two addresses, and where it writes."""

    secure: str
    plain: str
    folder: Path


def put_down(folder: Path, behind: int, *, telegram_is_here: bool) -> Proxy:
    """The site in a folder, in front of the port `behind`; whether this machine counts as one of Telegram's."""
    secure, plain = free_port(), free_port()
    key, certificate = self_signed()
    (folder / "privkey.pem").write_text(key)
    (folder / "fullchain.pem").write_text(certificate)
    site = SITE.read_text("utf-8")
    for said, here in (
        ("listen 443 ssl;", f"listen 127.0.0.1:{secure} ssl;"),
        ("listen 80;", f"listen 127.0.0.1:{plain};"),
        ("server 127.0.0.1:8080 ", f"server 127.0.0.1:{behind} "),
        (CERTIFICATES, str(folder)),
        (TELEGRAMS, TELEGRAMS + "        allow 127.0.0.1;\n" * telegram_is_here),
    ):
        assert said in site, said
        site = site.replace(said, here)
    (folder / "site.conf").write_text(site)
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder))
    return Proxy(f"https://127.0.0.1:{secure}", f"http://127.0.0.1:{plain}", folder)


@asynccontextmanager
async def nginx_before(behind: int, folder: Path, *, telegram_is_here: bool = True) -> AsyncIterator[Proxy]:
    """It accepts its file, and serves until the block ends."""
    nginx, proxy = program("nginx"), put_down(folder, behind, telegram_is_here=telegram_is_here)
    accepts(nginx, "-t", "-p", folder, "-c", folder / "nginx.conf", "-e", folder / "error.log")
    at_work = await asyncio.create_subprocess_exec(
        nginx, "-p", folder, "-c", folder / "nginx.conf", "-e", folder / "error.log"
    )
    try:
        await _listens(int(proxy.secure.rpartition(":")[2]))
        yield proxy
    finally:
        at_work.terminate()
        await at_work.wait()


async def _listens(port: int) -> None:
    while True:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.02)
        else:
            writer.close()
            return
