"""`python -m bench [measure ...]`: all of them, or those named."""

import argparse
import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

from rich.console import Console

from bench import sandbox_crowd, sandbox_rate
from bench.figures import Result
from bench.report import keep, show
from bench.servers import keep_off_the_servers_core

MEASURES: Final[dict[str, Callable[[], Awaitable[Result]]]] = {
    "S1": sandbox_rate.measure,
    "S2": sandbox_crowd.measure,
}


async def run(chosen: list[str]) -> None:
    keep_off_the_servers_core()
    console, results = Console(), []
    for name in chosen:
        with console.status(f"{name} ..."):
            result = await MEASURES[name]()
        console.print(f"{name}: {result.ratio:.2f} of the baseline")
        results.append(result)
        keep([result])
    show(console, results)


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench", description="Measures, as ratios taken side by side in one run.")
    parser.add_argument("measures", nargs="*", choices=[[], *MEASURES], help="all of them, if none is named")
    asyncio.run(run(parser.parse_args().measures or list(MEASURES)))


if __name__ == "__main__":
    main()
