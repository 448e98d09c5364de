"""Our bot with a pulse beside it, in one loop: SIGUSR1 prints how long the loop stood still at worst since the last.

Two figures, in milliseconds: by the clock, and what the loop's own thread was at work in the meantime; the rest is
the machine's, which had something else to do."""

import asyncio
import signal
import sys
from time import perf_counter, thread_time
from typing import Final

from bot.logs import set_up_logs
from bot.settings import read_settings
from main import run

BEAT_SECONDS: Final = 0.005


class Pulse:
    def __init__(self) -> None:
        self._longest = (0.0, 0.0)

    async def beat(self) -> None:
        """Until cancelled."""
        while True:
            clock, work = perf_counter(), thread_time()
            await asyncio.sleep(BEAT_SECONDS)
            stood = perf_counter() - clock - BEAT_SECONDS
            self._longest = max(self._longest, (stood, thread_time() - work))

    def tell(self) -> None:
        sys.stdout.write("{:.2f} {:.2f}\n".format(*(1000 * seconds for seconds in self._longest)))
        sys.stdout.flush()
        self._longest = (0.0, 0.0)


async def live() -> None:
    settings, pulse = read_settings(), Pulse()
    set_up_logs(settings.log_level)
    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, pulse.tell)
    async with asyncio.TaskGroup() as tasks:
        beating = tasks.create_task(pulse.beat())
        await run(settings)
        beating.cancel()


if __name__ == "__main__":
    asyncio.run(live())
