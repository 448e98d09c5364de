"""The logs say what happened, and nothing about anybody."""

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.logs import HIDDEN, redact, set_up_logs
from tests.dialogs.steps import books_first_time
from tests.stage.small_clinic import EVERYBODY, MARIA
from tests.stage.stage import TOKEN, open_stage

PERSONAL_WORDS_IN_A_CHAT = "I am Zielińska, PESEL 80010100001, call me: +48601234567, maria@example.com"
PERSONAL = [TOKEN, "80010100001", "RSSMRA85T10A562S", "+48 601 234 567", "+48601234567", "maria.z@example.co.uk"]


@pytest.fixture(autouse=True)
def quiet_afterwards() -> Iterator[None]:
    """Loggers as they were before."""
    root, levels = logging.getLogger(), {}
    handlers = root.handlers[:]
    loggers = [root, *(logging.getLogger(name) for name in list(root.manager.loggerDict))]
    levels = {logger.name: logger.level for logger in loggers}
    yield
    structlog.reset_defaults()
    root.handlers[:] = handlers
    for name in ["", *root.manager.loggerDict]:
        logging.getLogger(name or None).setLevel(levels.get(name or "root", logging.NOTSET))


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def redacted(**event: object) -> dict[str, object]:
    return dict(redact(None, "info", dict(event)))


@pytest.mark.parametrize("secret", PERSONAL)
def test_telling_patterns_are_hidden_under_any_name(secret: str) -> None:
    hidden = redacted(event=f"saw {secret}.", note=secret, notes=[secret, {"deep": (secret,)}])
    assert secret not in str(hidden)
    assert hidden["note"] == HIDDEN


@pytest.mark.parametrize(
    "key",
    [
        "password",
        "login",
        "surname",
        "given_names",
        "chat",
        "chat_id",
        "email",
        "phone",
        "text",
        "payload",
        "bot_token",
        "secret_key",
        "cancel_reason",
        "pesel",
        "identifier",
        "code",
        "born",
        "address",
    ],
)
@pytest.mark.parametrize("value", ["Zielińska", 1001, ["Zielińska"], {"a": "Zielińska"}])
def test_everything_is_hidden_under_a_telling_name(key: str, value: object) -> None:
    assert redacted(**{key: value}) == {key: HIDDEN}
    assert redacted(deep={key: value}) == {"deep": {key: HIDDEN}}


def test_a_pesel_is_hidden_as_a_number_too() -> None:
    assert redacted(number=80010100001, kind=b"80010100001") == {"number": HIDDEN, "kind": f"b'{HIDDEN}'"}


def test_what_tells_nothing_stays() -> None:
    plain = {"event": "update.waits", "use_case": "book_visit", "seconds": 1.5, "tries": 3, "again": True, "of": None}
    assert redacted(**plain, update="100200300:423156789") == {**plain, "update": "100200300:423156789"}


def test_a_line_is_json_with_level_and_place(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("INFO")
    structlog.get_logger("bot.test").info("counter.open", facility="diamed")
    [line] = lines(capsys)
    assert (line["event"], line["level"], line["logger"]) == ("counter.open", "info", "bot.test")


def test_libraries_pass_the_same_redactor(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("INFO")
    logging.getLogger("some.library").warning("GET /bot%s/getMe for %s", TOKEN, "+48601234567")
    [line] = lines(capsys)
    assert line["event"] == f"GET /bot{HIDDEN}/getMe for {HIDDEN}"


@pytest.mark.parametrize("level", ["DEBUG", "INFO"])
def test_libraries_are_not_heard_below_a_warning(capsys: pytest.CaptureFixture[str], level: str) -> None:
    set_up_logs(level)
    for library in ("aiosqlite", "aiogram.event", "telegram.ext", "apscheduler.executors", "asyncio", "anything"):
        logging.getLogger(library).info("executing INSERT with Tulip-1!")
    assert lines(capsys) == []


def test_our_own_rooms_are_heard_from_their_level_on(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("WARNING")
    structlog.get_logger("bot.intake").info("too quiet")
    structlog.get_logger("bot.intake").warning("loud enough")
    assert [line["event"] for line in lines(capsys)] == ["loud enough"]


def break_with(password: str) -> None:
    nobody: dict[str, str] = {}
    try:
        nobody[password]
    except KeyError as missing:
        raise ValueError(f"Zielińska typed {password} from +48601234567") from missing


@pytest.mark.parametrize("logger", ["structlog", "logging"])
def test_an_exception_says_where_and_what_kind_and_no_more(capsys: pytest.CaptureFixture[str], logger: str) -> None:
    set_up_logs("INFO")
    try:
        break_with("Tulip" + "-1!")
    except ValueError:
        if logger == "structlog":
            structlog.get_logger("bot.test").exception("update.crashed")
        else:
            logging.getLogger("library").exception("broken")
    said = capsys.readouterr().err
    assert "builtins.KeyError" in said
    assert "builtins.ValueError" in said
    assert "in break_with" in said
    assert not any(word in said for word in ("Tulip-1!", "Zielińska typed Tulip", "601234567"))


def test_every_exception_of_a_group_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("INFO")
    group = ExceptionGroup("Tulip-1!", [TimeoutError("Tulip-1!"), KeyError("Tulip-1!")])
    structlog.get_logger("bot.test").error("broken", exc_info=group)
    said = capsys.readouterr().err
    assert all(kind in said for kind in ("ExceptionGroup", "TimeoutError", "KeyError"))
    assert "Tulip" not in said


async def test_a_whole_run_at_the_finest_level_names_nobody(
    database_url: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """A wrong password, the right one, a booking, its alert, a crash, and somebody who blocks the bot."""
    set_up_logs("DEBUG")
    async with open_stage(database_url) as stage:
        phone = stage.phone(MARIA)
        await phone.says("/start")
        await phone.sees("Log in")
        await phone.presses("Log in")
        await phone.says(MARIA.login)
        await phone.sees("Please type your password.")
        await phone.says("Tulip-wrong")
        await phone.reads("do not match")
        await phone.says(MARIA.password)
        await phone.sees("Book a visit")
        await stage.fault("editMessageText", "error", code=400, description="Bad Request: Zielińska, +48601234567")
        await books_first_time(phone)
        await phone.reads("Confirmation: your visit is booked.")
        await phone.says(PERSONAL_WORDS_IN_A_CHAT)
        await phone.blocks()
        await stage.is_quiet()
    said = "".join(capfd.readouterr())
    assert all(event in said for event in ("counter.open", "update.crashed", "alert.carried", "counter.closed"))
    names = [name for who in EVERYBODY for name in (who.first_name, who.last_name, who.login, who.password)]
    for word in [*names, "Tulip", "80010100", "601234567", "@example.com", TOKEN, TOKEN.partition(":")[2]]:
        assert word.casefold() not in said.casefold(), word
