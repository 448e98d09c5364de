"""What a whole story leaves behind where others may look: logs, figures, words at the start, and copies."""

import asyncio
import os
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from traceback import format_exc
from typing import Any, Final

import aiohttp
from pydantic import SecretStr

from bench.bars.lives import life
from bench.servers import free_port
from bot.logs import set_up_logs
from bot.settings import Settings
from core.storage.backup import back_up
from core.storage.mapping import mapping
from main import MovableClock, open_clinic, open_desk, run
from tests.e2e.bot_process import BotProcess
from tests.stage.stage import Stage, settings_for

PAGES: Final = ("healthz", "readyz", "metrics")
SECRET_KEY: Final = "a key that opens everything 4711"
ESCAPED: Final = re.compile(r"\\u([0-9a-f]{4})")
OF_SETTINGS: Final = ("Smtp-Secret-51", "Sms-Secret-52", "Hook Secret 53!", "Base-Secret-54", SECRET_KEY)


class Traces:
    """Each text under where it was found; the bot's own words gather in a file."""

    def __init__(self, stage: Stage, folder: Path) -> None:
        self._stage = stage
        self._said = folder / "said.log"
        self._copy = folder / "copy.db"
        self.texts: dict[str, str] = {}
        own = {"secret_key": SecretStr(SECRET_KEY), "listen": f"127.0.0.1:{free_port()}"}
        self.settings: Final = settings_for(stage.database_url, stage.addresses).model_copy(update=own)

    @asynccontextmanager
    async def life(self) -> AsyncIterator[BotProcess]:
        """The bot as `main.py` runs it, at its most talkative."""
        async with life(aloud, self.settings, str(self._said)) as process:
            yield process

    async def look(self) -> None:
        """What it says of itself to whoever watches it."""
        async with aiohttp.ClientSession() as http:
            for page in PAGES:
                async with http.get(f"http://{self.settings.listen}/{page}") as response:
                    self.texts[page] = await response.text()

    async def wrong_starts(self) -> None:
        """What the bot says to settings that it cannot use."""
        smtp, sms, hook, base, _ = OF_SETTINGS
        wrong_ones: dict[str, dict[str, Any]] = {
            "smtp": {"smtp_url": SecretStr(f"smtp://clinic:{smtp}@mail.example:port")},
            "sms": {"sms_url": SecretStr(f"telex://clinic:{sms}@gateway.example")},
            "webhook": {"webhook_url": "https://clinic.example/telegram", "webhook_secret": SecretStr(hook)},
            "database": {"database_url": f"postgresql://clinic:{base}@127.0.0.1:1/none"},
            "engine": {"database_url": f"mysql://clinic:{base}@127.0.0.1/none"},
        }
        for name, wrong in wrong_ones.items():
            self.texts[f"start, {name}"] = await _words_of_a_start(self.settings.model_copy(update=wrong))

    async def collect(self) -> Mapping[str, str]:
        """Everything, when the story is over."""
        self.texts["log"] = _spelt_out(self._said.read_text("utf-8", errors="replace"))
        for table in mapping.metadata.tables:
            self.texts[f"table {table}"] = str(self._stage.rows(f"SELECT * FROM {table}"))
        if self._stage.database_url.startswith("sqlite"):
            await asyncio.to_thread(back_up, self._stage.database_url, self._copy)
            self.texts["copy"] = self._copy.read_bytes().decode("utf-8", errors="replace")
        return self.texts


def aloud(settings: Settings, file: str) -> None:
    said = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    for stream in (1, 2):
        os.dup2(said, stream)
    set_up_logs("DEBUG")
    asyncio.run(run(settings))


def _spelt_out(lines: str) -> str:
    """JSON writes what is not ASCII in figures."""
    return ESCAPED.sub(lambda figures: chr(int(figures[1], 16)), lines)


async def _words_of_a_start(settings: Settings) -> str:
    """What would stand on a terminal."""
    clock = MovableClock()
    try:
        async with open_clinic(settings, clock) as clinic, open_desk(settings, clinic, clock):
            return "it began"
    except (Exception, SystemExit):
        return format_exc()
