"""`python -m bench [measure ...]`: all of them, or those named; `report` and `curves` write what the page shows."""

import argparse
import asyncio
import sys
from time import monotonic
from typing import Final

from rich.console import Console

from bench.figures import Result
from bench.measures import MEASURES, UnknownMeasure, chosen, take
from bench.report import keep, kept_rows, show, write_page
from bench.servers import keep_off_the_servers_core

WIDTH: Final = 160


async def run(names: list[str]) -> None:
    keep_off_the_servers_core()
    console = Console(width=None if sys.stdout.isatty() else WIDTH)
    results: list[Result] = []
    for name in names:
        began = monotonic()
        console.print(f"[bold]{name}[/] ...")
        found = await take(name)
        console.print(f"{name}: {monotonic() - began:.0f} s")
        results += found
        keep(found)
        write_page(kept_rows())
    show(console, results)


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench", description="Measures, as ratios taken side by side in one run.")
    parser.add_argument("names", nargs="*", help=f"of {', '.join(MEASURES)}; or report, or curves")
    names = parser.parse_args().names
    if names == ["report"]:
        write_page(kept_rows())
    elif names == ["curves"]:
        # Drawing needs a library that measuring should not carry about.
        from bench.curves import draw_all

        asyncio.run(draw_all())
    else:
        try:
            wanted = chosen(names)
        except UnknownMeasure as unknown:
            sys.exit(str(unknown))
        asyncio.run(run(wanted))


if __name__ == "__main__":
    main()
