"""An update that is worked on again draws the same buttons: what was tapped meanwhile, on the first drawing, counts."""

import pytest

from tests.e2e.bot_process import bot_process
from tests.stage.record import balance
from tests.stage.small_clinic import MARIA
from tests.stage.stage import Stage

AFTER_THE_DRAWING = ["after screen", "before done"]
DRAWN_AND_NOT_SAID = ["truncated", "timeout_after"]


@pytest.mark.parametrize("place", AFTER_THE_DRAWING)
async def test_a_tap_on_a_screen_that_was_drawn_before_a_kill_counts_after_it(telegram: Stage, place: str) -> None:
    async with bot_process(telegram.database_url, telegram.addresses) as bot:
        phone = await telegram.logged_in(MARIA)
        await telegram.is_quiet()
        await bot.is_killed()

    async with bot_process(telegram.database_url, telegram.addresses, place) as bot:
        await phone.presses("Book a visit", wait=0)
        await bot.dies()
    drawn = await phone.sees("Poradnia okulistyczna")
    await phone.presses("Poradnia okulistyczna", wait=0)

    async with bot_process(telegram.database_url, telegram.addresses):
        await phone.sees("Please choose a doctor and a day.")
        assert (await phone.screen()).message_id == drawn.message_id
        await balance(telegram, kills=2)


@pytest.mark.parametrize("place", AFTER_THE_DRAWING)
async def test_a_tap_on_the_first_of_two_equal_screens_counts(telegram: Stage, place: str) -> None:
    """What is typed is answered by a message, and after a kill by a second one, with the same buttons."""
    async with bot_process(telegram.database_url, telegram.addresses) as bot:
        phone = telegram.phone(MARIA)
        await phone.says("/help")
        await phone.sees("How this works")
        await telegram.is_quiet()
        await bot.is_killed()

    async with bot_process(telegram.database_url, telegram.addresses, place) as bot:
        await phone.says("/start")
        await bot.dies()
    drawn = await phone.sees("Log in")
    await phone.presses("Log in", message_id=drawn.message_id, wait=0)

    async with bot_process(telegram.database_url, telegram.addresses):
        await phone.sees("Please type your login.")
        assert drawn.message_id not in {message.message_id for message in await phone.messages()}
        await balance(telegram, kills=2)


@pytest.mark.parametrize("stumble", DRAWN_AND_NOT_SAID)
async def test_a_tap_while_the_drawing_is_repeated_counts(stage: Stage, stumble: str) -> None:
    """Telegram drew the screen, and did not say so: a second later it is drawn again."""
    phone = await stage.logged_in(MARIA)
    await stage.fault("editMessageText", stumble)
    await phone.presses("Book a visit", wait=0)
    await phone.sees("Poradnia okulistyczna")

    await phone.presses("Poradnia okulistyczna", wait=0)

    await phone.sees("Please choose a doctor and a day.")
    assert stage.rows("SELECT DISTINCT tries FROM inbox") == [(0,)]
