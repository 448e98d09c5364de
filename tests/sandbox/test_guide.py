"""docs/sandbox.md is true: its programs run, its commands pass, and its tables agree with what is played and tested."""

import asyncio
import json
import re
import shutil
import socket
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest

from sandbox import bad_requests, refusals
from sandbox.app import build_app
from sandbox.methods import PLAYED
from tests.sandbox.conftest import TOKEN
from tests.sandbox.hand import ANNA, Hand
from tests.sandbox.peers import plain
from tests.sandbox.row import Row

ROOT: Final = Path(__file__).parents[2]
GUIDE: Final = (ROOT / "docs" / "sandbox.md").read_text(encoding="utf-8")
ADDRESS: Final = "http://127.0.0.1:8081"
HOOK_PORT: Final = "8082"
PATIENCE_SECONDS: Final = 60
ECHOES: Final = (
    "aiogram, polling",
    "aiogram, webhook",
    "python-telegram-bot, polling",
    "python-telegram-bot, webhook",
    "Plain HTTP, polling",
    "Plain HTTP, webhook",
)
COMMANDS: Final = ("curl, being now the bot, now Anna", "Groups and topics", "Flood", "Faults", "The clock")
PLANNED: Final = "PLANNED"
VARIES: Final = "…"


class Line(NamedTuple):
    """Of the tables of refusals."""

    code: int
    description: str

    def covers(self, row: Row) -> bool:
        pattern = re.escape(plain(self.description)).replace(VARIES, ".*")
        return row.code == self.code and re.fullmatch(pattern, row.told.lower(), re.DOTALL) is not None


def section(title: str) -> str:
    """What stands below a heading, down to the next one."""
    _, _, rest = GUIDE.partition(f"# {title}\n")
    assert rest, title
    return re.split(r"^##+ ", rest, maxsplit=1, flags=re.MULTILINE)[0]


def block(title: str, language: str) -> str:
    found = re.search(rf"^```{language}\n(.*?)^```", section(title), re.DOTALL | re.MULTILINE)
    assert found is not None, title
    return found[1]


def table_lines(*columns: str) -> Iterator[tuple[str, ...]]:
    """The cells of each line of all tables with these columns."""
    _, *tables = GUIDE.split(f"| {' | '.join(columns)} |")
    assert tables, columns
    for table in tables:
        for line in table.split("\n\n")[0].strip().splitlines()[1:]:
            yield tuple(cell.strip(" `") for cell in line.strip("|").split(" | "))


REFUSALS: Final = tuple(Line(int(code), told) for code, told, _ in table_lines("code", "description", "when"))
NONSENSE: Final = tuple(table_lines("method", "parameters", "told"))


def rows_of_both_clients() -> Iterator[Row]:
    """Faults that were planned prove nothing of the sandbox's own refusals."""
    for file in sorted(Path(__file__).parent.glob("test_rows_*.py")):
        for name, value in vars(import_module(f"tests.sandbox.{file.stem}")).items():
            if name != PLANNED and isinstance(value, tuple) and not isinstance(value, Row):
                yield from (row for row in value if isinstance(row, Row))


ROWS: Final = tuple(rows_of_both_clients())


@asynccontextmanager
async def running(program: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(program),
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
        stdout=pipe,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
        await process.communicate()


def program_of(title: str, url: str, folder: Path) -> Path:
    """The first program below that heading, at this sandbox and at a port of its own."""
    program = folder / "program.py"
    text = block(title, "python").replace(ADDRESS, url).replace(HOOK_PORT, str(free_port()))
    program.write_text(text, encoding="utf-8")
    return program


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


async def until_said(hand: Hand, text: str) -> Any:
    """The message of the bot, once it is there."""
    revision = 0
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            chat = await hand.sim("chat", person=ANNA, after=revision, timeout=PATIENCE_SECONDS)
            revision = chat["revision"]
            for message in chat["messages"]:
                if (message["from"], message["text"] or message["kind"]) == ("bot", text):
                    return message


async def a_bot_listens(hand: Hand) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        bots = (await hand.sim("bots", timeout=PATIENCE_SECONDS))["bots"]
    assert [bot["polling"] or bot["webhook"] is not None for bot in bots] == [True]


@pytest.mark.parametrize("title", ECHOES)
async def test_each_bot_of_the_guide_answers(title: str, hand: Hand, tmp_path: Path) -> None:
    async with running(program_of(title, hand.url, tmp_path)):
        await a_bot_listens(hand)
        bots = (await hand.sim("bots"))["bots"]
        assert (bots[0]["webhook"] is not None) == ("webhook" in title)
        await hand.say("Hello, desk")
        await until_said(hand, "You said: Hello, desk")


async def test_the_bot_of_the_guide_is_paid(hand: Hand, tmp_path: Path) -> None:
    async with running(program_of("Payments", hand.url, tmp_path)):
        await a_bot_listens(hand)
        await hand.say("What do I owe?")
        invoice = await until_said(hand, "invoice")
        paid = await hand.sim("pay", {"person": ANNA, "message_id": invoice["message_id"]})
        assert (paid["paid"], paid["error"]) == (True, None)
        await until_said(hand, "Paid: 4250")


async def test_the_test_of_the_guide_passes(tmp_path: Path) -> None:
    async with running(program_of("A test of your own", ADDRESS, tmp_path)) as process:
        said, _ = await process.communicate()
        assert (process.returncode, said.decode()) == (0, "")


@pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl")
@pytest.mark.parametrize("title", COMMANDS)
async def test_the_commands_of_the_guide_pass(title: str, bot: Hand) -> None:
    script = block(title, "sh").replace(ADDRESS, bot.url).replace("curl ", "curl --silent --show-error --fail ")
    said = await run_shell(script, BOT=f"{bot.url}/bot{TOKEN}", SIM=f"{bot.url}/sim")
    if title == COMMANDS[0]:
        assert "  [Book]" in said.splitlines()
        pressed = (await bot.updates())[-1]["callback_query"]
        assert (pressed["data"], pressed["from"]["id"]) == ("book", ANNA)
    if title == COMMANDS[1]:
        assert "Boris: Is anybody here?" in said.replace("Борис", "Boris").splitlines()
        assert "Reception: Yes" in said.splitlines()


async def run_shell(script: str, **environment: str) -> str:
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        "bash", "-euo", "pipefail", "-c", script, stdout=pipe, stderr=pipe, env={"PATH": "/usr/bin:/bin", **environment}
    )
    said, complaint = await process.communicate()
    assert process.returncode == 0, complaint.decode()
    return said.decode()


def test_the_methods_of_the_guide_are_those_that_are_played() -> None:
    listed = section("What is played").split("| update |")[0]
    named = re.findall(r"`([a-z]+[A-Z]\w+)`", "\n".join(line for line in listed.splitlines() if line.startswith("|")))
    assert sorted(named) == sorted(PLAYED)


def test_the_guide_names_every_call_of_the_persons_side() -> None:
    played = {resource.canonical for resource in build_app().router.resources()}
    paths = {re.sub(r"{[^}]*}", "<>", path) for path in played if path.startswith("/sim/")}
    assert set(re.findall(r"`(?:[A-Z`, ]+ )?(/sim/[a-z][a-z./<>]*)`", re.sub(r"<[^>]*>", "<>", GUIDE))) == paths


@pytest.mark.parametrize("line", REFUSALS, ids=lambda line: line.description[:60])
def test_every_refusal_of_the_guide_is_played_through_both_clients(line: Line) -> None:
    assert any(line.covers(row) for row in ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_every_refusal_that_is_played_stands_in_the_guide(row: Row) -> None:
    assert any(line.covers(row) for line in REFUSALS)


def test_every_refusal_with_words_of_its_own_stands_in_the_guide() -> None:
    described = {line.description for line in REFUSALS}
    assert sorted({told(refusal) for refusal in worded()} - described) == []


def worded() -> Iterator[type[refusals.Refusal]]:
    for module in (refusals, bad_requests):
        for value in vars(module).values():
            if isinstance(value, type) and issubclass(value, refusals.Refusal) and value.reason:
                yield value


def told(refusal: type[refusals.Refusal]) -> str:
    return f"{refusal.title}: {refusal.reason}"


@pytest.mark.parametrize("nonsense", NONSENSE, ids=lambda nonsense: f"{nonsense[0]} {nonsense[2][:60]}")
async def test_nonsense_is_refused_as_the_guide_says(nonsense: Sequence[str], bot: Hand) -> None:
    method, parameters, description = nonsense
    assert await bot.refusal(method, **json.loads(parameters)) == description
