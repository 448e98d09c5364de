"""`python -m sandbox --host 127.0.0.1 --port 8081`."""

import argparse
import asyncio
import gc
import logging
import signal
import sys

from sandbox.app import serve
from sandbox.people import Person
from sandbox.world import World

FIRST_NUMBER = 1001
YOUNG_OBJECTS = 50_000


def main() -> None:
    parser = argparse.ArgumentParser(prog="sandbox", description="Telegram on your own machine")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--smtp-port", type=int, default=8025)
    parser.add_argument(
        "--person",
        action="append",
        default=[],
        metavar="NAME[:LANGUAGE]",
        help="somebody who can write to the bot, such as Anna:it; may be given several times",
    )
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s %(message)s")
    asyncio.run(run(arguments.host, arguments.port, arguments.smtp_port, arguments.person))


async def run(host: str, port: int, smtp_port: int, names: list[str]) -> None:
    world = World()
    for number, name in enumerate(names, FIRST_NUMBER):
        first_name, _, language = name.partition(":")
        world.people[number] = Person(number, first_name, language_code=language)
    sandbox = await serve(host, port, world, smtp_port=smtp_port)
    sys.stdout.write(f"The sandbox is at {sandbox.url}/\nMail: {sandbox.smtp_url}\nSMS: {sandbox.sms_url}\n")
    sys.stdout.flush()
    spare_the_collector()
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await stop.wait()
    await sandbox.close()


def spare_the_collector() -> None:
    """Nearly everything here is kept until a reset: looking through it for what nobody needs is in vain."""
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS, 20, 100)


if __name__ == "__main__":
    main()
