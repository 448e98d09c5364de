"""Our bot as whoever runs a clinic starts it: `python main.py run`, with its settings in the environment."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from bench.child import Child
from bench.servers import BOTS, program
from bench.stage.telegram import Telegram
from bench.stage.town import FACILITY_FILE

OURS: Final = "100200300:" + "A" * 35
WEBHOOK_SECRET: Final = "only-telegram-knows"


@asynccontextmanager
async def our_bot(
    telegram: Telegram,
    database_url: str,
    *start: str,
    token: str = OURS,
    webhook: str | None = None,
    listen: str = "127.0.0.1:0",
    cores: list[int] = BOTS,
) -> AsyncIterator[Child]:
    """At work, and listening; `start` is another program than main.py, `webhook` where Telegram reaches it."""
    environment = {
        "BOT_TOKEN": token,
        "SECRET_KEY": "a secret of the bench",
        "BOT_API_URL": telegram.url,
        "CLOCK_URL": f"{telegram.url}/sim/clock/listen",
        "DATABASE_URL": database_url,
        "FACILITY": str(FACILITY_FILE),
        "LISTEN": listen,
        "LOG_LEVEL": "WARNING",
        "WEBHOOK_URL": webhook or "",
        "WEBHOOK_SECRET": WEBHOOK_SECRET if webhook else "",
    }
    async with program(*(start or ("main.py", "run")), environment=environment, cores=cores) as bot:
        await telegram.is_heard(token)
        yield bot
