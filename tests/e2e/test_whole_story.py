"""One patient's whole story in each language, with the bot as a process of its own and a restart in the middle."""

import asyncio

import pytest
import vobject

from tests.dialogs.steps import (
    FIRST_FREE,
    TOMORROW,
    holds_first_time,
    when,
)
from tests.e2e.bot_process import bot_process
from tests.stage.memory import ENGINES
from tests.stage.record import balance
from tests.stage.small_clinic import EVERYBODY, Somebody
from tests.stage.stage import Stage, open_telegram
from tests.stage.voice import speech_in


async def no_alert_is_out(stage: Stage) -> None:
    """Wait until what couriers carried is written down: a kill before that would hold back what comes next."""
    while stage.rows("SELECT 1 FROM alerts WHERE state = 'leased'"):  # noqa: ASYNC110 - another process
        await asyncio.sleep(0.01)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("who", EVERYBODY, ids=lambda who: who.language)
@pytest.mark.rule("DIAMED-1", "DIAMED-2", "DIAMED-13", "DIAMED-14", "DIAMED-15")
async def test_booked_moved_and_cancelled_over_a_restart(database_url: str, who: Somebody) -> None:
    say, address = speech_in(who.language).say, f"{who.login}@example.com"
    async with open_telegram(database_url) as stage:
        async with bot_process(stage.database_url, stage.addresses) as bot:
            phone = await stage.logged_in(who)
            await holds_first_time(phone, speech_in(who.language))
            await phone.presses(say("Confirm the booking"))
            await phone.reads(when(FIRST_FREE, speech_in(who.language)), say("Move or cancel"))
            await phone.presses(say("Menu"))
            await phone.presses(say("Planned visits"))
            visits = await phone.reads(say("Book a visit"), say("Back"))
            await phone.presses(visits.buttons[0])
            await stage.is_quiet()
            await stage.mails(address)
            await no_alert_is_out(stage)
            await bot.is_killed()

        async with bot_process(stage.database_url, stage.addresses):
            await phone.presses(say("Move"))
            await phone.presses(say("First free time"))
            await phone.presses(say("{at:short}, {at:time}", at=TOMORROW))
            await phone.presses(say("Move to the new time"))
            await phone.reads(when(TOMORROW, speech_in(who.language)), say("Menu"))
            await stage.mails(address, 2)
            await phone.presses(say("Open the visit"))
            await phone.presses(say("Cancel the visit"))
            await phone.presses(say("Without a reason"))
            await phone.presses(say("Yes, cancel the visit"))
            await phone.reads(when(TOMORROW, speech_in(who.language)), say("Another time"))
            letters = await stage.mails(address, 3)
            await balance(stage, kills=1)

        assert [letter["text"].splitlines()[0] for letter in letters] == [
            say("Your visit is booked."),
            say("Your visit has a new time."),
            say("Your visit is cancelled."),
        ]
        events = [vobject.readOne((await stage.attachment(letter)).decode()).vevent for letter in letters]
        assert [event.sequence.value for event in events] == ["0", "1", "2"]
        assert len({event.uid.value for event in events}) == 1
        assert [event.dtstart.value for event in events] == [FIRST_FREE, TOMORROW, TOMORROW]
