"""Long polling, against a Telegram that does not always answer as one would wish."""

import pytest

from tests.stage.small_clinic import MARIA
from tests.stage.stage import Stage

IN_THE_WAY = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


async def test_a_webhook_in_the_way_is_forgotten_and_nothing_is_dropped(stage: Stage) -> None:
    await stage.fault("getUpdates", "error", code=409, description=IN_THE_WAY)
    phone = stage.phone(MARIA)

    await phone.says("/start")
    await phone.says("/help")

    await phone.sees("How this works")
    (call,) = await stage.calls("deleteWebhook")
    assert call["params"]["drop_pending_updates"] in {False, "false", "False"}


@pytest.mark.parametrize(
    "stumble",
    [
        {"kind": "error", "code": 409, "description": "Conflict: terminated by other getUpdates request"},
        {"kind": "error", "code": 500, "description": "Internal Server Error"},
        {"kind": "html502"},
        {"kind": "truncated"},
        {"kind": "timeout_after"},
    ],
    ids=lambda stumble: str(stumble.get("code", stumble["kind"])),
)
async def test_a_poll_that_fails_is_asked_again_and_skips_nothing(stage: Stage, stumble: dict[str, object]) -> None:
    await stage.fault("getUpdates", **stumble)  # type: ignore[arg-type]
    phone = stage.phone(MARIA)

    await phone.says("/start")
    await phone.says("/language")
    await phone.says("/help")

    await phone.sees("How this works")
    await phone.presses("Back")
    await phone.sees("Hello! How can we help you?")
    await stage.is_quiet()
    assert stage.rows("SELECT DISTINCT state FROM inbox") == [("done",)]


async def test_the_first_question_wants_an_answer_at_once(stage: Stage) -> None:
    """Or nobody would know for half a minute of an idle night whether a bot that has just started is heard."""
    phone = stage.phone(MARIA)
    await phone.says("/start")
    await phone.sees("Log in")
    first, *_ = await stage.calls("getUpdates")
    assert int(first["params"]["timeout"]) == 0
