"""Telegram stumbles in the middle of a step: the form never gets ahead of the screen, and nothing happens twice."""

import pytest

from tests.e2e.test_kills import chooses_a_time
from tests.stage.small_clinic import MARIA
from tests.stage.stage import Stage

STUMBLES = [
    {"kind": "error", "code": 429, "description": "Too Many Requests: retry after 1", "retry_after": 1},
    {"kind": "error", "code": 500, "description": "Internal Server Error"},
    {"kind": "html502"},
    {"kind": "timeout_before"},
    {"kind": "timeout_after"},
    {"kind": "truncated"},
]


@pytest.mark.parametrize("stumble", STUMBLES, ids=lambda stumble: str(stumble.get("code", stumble["kind"])))
async def test_a_booking_survives_a_stumble_on_the_edit(stage: Stage, stumble: dict[str, object]) -> None:
    phone = await stage.logged_in(MARIA)
    await chooses_a_time(phone)
    await stage.fault("editMessageText", **stumble)  # type: ignore[arg-type]

    await phone.presses("Confirm the booking", wait=0)

    await phone.reads("Your visit is booked.", "Open the visit")
    await phone.reads("Confirmation: your visit is booked.")
    assert stage.rows("SELECT count(*) FROM visits") == [(1,)]
    await phone.presses("Open the visit")
    await phone.reads("Monday 23 November, 11:00", "Cancel the visit")


@pytest.mark.parametrize("stumble", STUMBLES, ids=lambda stumble: str(stumble.get("code", stumble["kind"])))
async def test_a_typed_login_survives_a_stumble_on_the_answer(stage: Stage, stumble: dict[str, object]) -> None:
    phone = stage.phone(MARIA)
    await phone.says("/start")
    await phone.sees("Log in")
    await phone.presses("Log in")
    await stage.fault("sendMessage", **stumble)  # type: ignore[arg-type]

    await phone.says("maria")

    await phone.sees("Please type your password.", "Login: maria")
    await phone.says(MARIA.password)
    await phone.sees("Hello! How can we help you?", "Planned visits")


async def test_many_retry_afters_are_no_tries(stage: Stage) -> None:
    phone = await stage.logged_in(MARIA)
    wait = {"code": 429, "description": "Too Many Requests: retry after 1", "retry_after": 1}
    await stage.fault("editMessageText", "error", times=6, **wait)
    await phone.presses("Planned visits", wait=0)
    await phone.sees("No visits planned.")
